/**
 * What a bed must be, in figures of the bench's own (docs/SOUND-QUALITY.md, "Beds"): its colour, its pitch classes and how much
 * it changes, against its source. How it goes round is measured as of any loop (`landmark-lines.mjs`).
 */
import { realFft } from '../../dist/dsp/fft.js';
import { logMel, melDistance } from './log-mel.mjs';
import { largest, mean, percentile } from './statistics.mjs';

/** Parts of a bed that are compared. */
const PARTS = 8;
const CHANGE_SEC = 0.02;
/** Windows in which a source is judged to be still, s, and the share of them that are taken for its still parts. */
const STILL_SEC = 2;
const STILL_SHARE = 0.5;
/** What lies this much under the loudest tenth of the windows is no music, dB. */
const QUIET_DB = 20;
/** Of colours, so that a strike elsewhere does not hide what is soft, dB. */
const RANGE_DB = 90;
/** Of changes, under the loudest band of each frame, dB: a floor for all would turn a level that falls into a spectrum that changes. */
const CHANGE_RANGE_DB = 60;
const PITCH_SIZE = 8192;
const PITCH_HZ = [65, 2100];

/** Largest change within 20 ms, dB a band. */
function largestChange(frames, hopSec) {
  const lag = Math.max(1, Math.round(CHANGE_SEC / hopSec));
  return largest(frames.slice(lag).map((frame, k) => melDistance(frame, frames[k])));
}

/** All channels as one: the mean. */
function mixed(channels) {
  return channels[0].map((_, n) => channels.reduce((sum, channel) => sum + channel[n], 0) / channels.length);
}

/** Mean of rows, about its own mean. */
function shapeOf(rows) {
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) for (let b = 0; b < row.length; b++) sum[b] += row[b] / rows.length;
  const level = mean([...sum]);
  return sum.map((value) => value - level);
}

/** Mean power of each band of some frames, dB about the mean of all, at most 60 dB under the loudest. */
function longTerm(frames) {
  const powers = new Float64Array(frames[0].length);
  for (const frame of frames) for (let b = 0; b < frame.length; b++) powers[b] += 10 ** (frame[b] / 10);
  const loudest = largest(powers);
  const levels = powers.map((power) => Math.max(-60, 10 * Math.log10(power / loudest)));
  const level = mean([...levels]);
  return levels.map((value) => value - level);
}

function shapeDistance(one, other) {
  return mean([...one].map((value, b) => Math.abs(value - other[b])));
}

/** Spectra of a sound over time, power averaged over channels, and its pitch classes. */
export function spectraOf(channels, sampleRate) {
  const each = channels.map((channel) => logMel(channel, sampleRate, RANGE_DB));
  const frames = each[0].frames.map((frame, k) =>
    frame.map((_, b) => 10 * Math.log10(mean(each.map((one) => 10 ** (one.frames[k][b] / 10))))),
  );
  return { frames, hopSec: each[0].hop / sampleRate, chroma: chromaRows(mixed(channels), sampleRate) };
}

/** Twelve pitch classes, one row each 8192 samples, of unit sum. */
function chromaRows(mono, sampleRate) {
  const fft = realFft(PITCH_SIZE);
  const frame = new Float32Array(PITCH_SIZE);
  const rows = [];
  for (let start = 0; start + PITCH_SIZE <= mono.length; start += PITCH_SIZE) {
    for (let n = 0; n < PITCH_SIZE; n++) {
      frame[n] = mono[start + n] * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / PITCH_SIZE));
    }
    const spectrum = fft.forward(frame);
    const row = new Float64Array(12);
    const [low, high] = PITCH_HZ.map((hz) => Math.round((hz * PITCH_SIZE) / sampleRate));
    const size = (bin) => Math.hypot(spectrum[2 * bin], spectrum[2 * bin + 1]);
    for (let bin = low; bin <= high; bin++) {
      // Partials only: noise would make every profile flat.
      if (size(bin) <= size(bin - 1) || size(bin) < size(bin + 1)) continue;
      const note = 69 + 12 * Math.log2((bin * sampleRate) / PITCH_SIZE / 440);
      row[((Math.round(note) % 12) + 12) % 12] += size(bin);
    }
    const sum = row.reduce((all, value) => all + value, 0);
    if (sum > 0) rows.push({ row: row.map((value) => value / sum), sec: start / sampleRate });
  }
  return rows;
}

/** Start and end of the windows in which a source is still, s: the half of all that sound in which least stands out. */
function stillWindows({ frames, hopSec }) {
  const length = Math.min(frames.length, Math.round(STILL_SEC / hopSec));
  const windows = [];
  for (let first = 0; first + length <= frames.length; first += length >> 1) {
    const part = frames.slice(first, first + length);
    const level = mean(part.map((frame) => largest(frame)));
    windows.push({ first, length, level, hardness: length > 4 ? largestChange(part, hopSec) : 0 });
  }
  const loud = percentile(
    windows.map(({ level }) => level),
    0.9,
  );
  const sounding = windows.filter(({ level }) => level >= loud - QUIET_DB);
  const limit = percentile(
    sounding.map((window) => window.hardness),
    STILL_SHARE,
  );
  return sounding.filter((window) => window.hardness <= limit);
}

/** Colour and pitch classes of a bed against a source's still windows, and its change against that of equal stretches. */
export function againstSource(bed, source, bedSec) {
  const windows = stillWindows(source);
  const still = windows.flatMap(({ first, length }) => source.frames.slice(first, first + length));
  const inStill = ({ sec }) =>
    windows.some(
      ({ first, length }) => sec >= first * source.hopSec && sec < (first + length) * source.hopSec,
    );
  const chroma = source.chroma.filter(inStill);
  const rows = (list) => list.map(({ row }) => row);
  return {
    colourDb: shapeDistance(longTerm(bed.frames), longTerm(still)),
    wholeColourDb: shapeDistance(longTerm(bed.frames), longTerm(source.frames)),
    pitches: pearson(meanRow(rows(bed.chroma)), meanRow(rows(chroma.length > 0 ? chroma : source.chroma))),
    wholePitches: pearson(meanRow(rows(bed.chroma)), meanRow(rows(source.chroma))),
    change: changeBetween(partsOf(bed.frames.map(audible), bed.frames.length / PARTS)),
    sourceChange: changeBetween(
      partsOf(sounding(source.frames).map(audible), Math.round(bedSec / PARTS / source.hopSec), PARTS),
    ),
  };
}

/** Frames that are no rest: within 20 dB of the loudest tenth. */
function sounding(frames) {
  const levels = frames.map((frame) => largest(frame));
  const least = percentile(levels, 0.9) - QUIET_DB;
  return frames.filter((_, k) => levels[k] >= least);
}

/** A frame with all that nobody hears beside its loudest band as one floor. */
function audible(frame) {
  const floor = largest(frame) - CHANGE_RANGE_DB;
  return frame.map((level) => Math.max(level, floor));
}

/** Parts of one length from the first frame to the last, side by side; as many as are wanted at least, and then they overlap. */
function partsOf(frames, length, least = 1) {
  const count = Math.max(least, Math.floor(frames.length / length + 1e-6));
  const step = count > 1 ? Math.max(0, Math.min(length, (frames.length - length) / (count - 1))) : 0;
  return Array.from({ length: count }, (_, i) =>
    frames.slice(Math.round(i * step), Math.round(i * step + length)),
  );
}

/** Mean distance between the mean spectra of any two parts, dB a band; loudness is left out. */
function changeBetween(parts) {
  const shapes = parts.filter((part) => part.length > 0).map(shapeOf);
  const distances = shapes.flatMap((one, i) => shapes.slice(0, i).map((other) => shapeDistance(one, other)));
  return distances.length > 0 ? mean(distances) : 0;
}

function meanRow(rows) {
  const sum = new Float64Array(12);
  for (const row of rows) for (let i = 0; i < 12; i++) sum[i] += row[i] / rows.length;
  return sum;
}

function pearson(one, other) {
  const [a, b] = [one, other].map((row) => row.map((value) => value - mean([...row])));
  const product = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b) || Infinity);
}
