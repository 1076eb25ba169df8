/**
 * Clouds against what they were made of, and against one another.
 *
 * Movement: how far bands of the log-mel spectrum go up and down 2 to 8 times a second, dB (root mean square, mean over the bands
 * within 40 dB of the loudest), over the same in the source. Fine spectrum: flatness of the long-term spectrum (2.7 Hz a bin) within
 * third octaves from 100 Hz to 5 kHz, mean of those within 40 dB of the loudest, dB over the source's: lines that blur make it
 * flatter. Landmark: the largest change of the log-mel spectrum within 23 ms, against its median. Apart: mean difference of two
 * clouds' long-term log-mel spectra, whatever their levels, dB a band.
 */
import { realFft } from '../../dist/dsp/fft.js';
import { colour, logMel, melDistance, tiledLogMel } from './log-mel.mjs';
import { largest, mean, median, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

const SLOW_HZ = 2;
const FAST_HZ = 8;
const MOVING_SEC = 3;
const FINE_SIZE = 16_384;
const FINE_HZ = [100, 5000];
const THIRD = 2 ** (1 / 3);
/** Bands and thirds further under the loudest say nothing, dB. */
const HEARD_DB = 40;
const LANDMARK_FRAMES = 2;
const LANDMARK = { medians: 3, db: 3 };

const MOST_MOVEMENT = 1.3;
const MOST_FLATTER_DB = 3;
const LEAST_APART_DB = 3;
const MOST_LANDMARKS = 0.05;

export async function measure(texture, { channels, sampleRate }, project) {
  if (texture.kind !== 'cloud') return null;
  const cloud = middle(channels);
  const source = project.readRegion && middle((await project.readRegion(texture, sampleRate)).channels);
  return {
    source: texture.source,
    colour: colour(logMel(cloud, sampleRate)),
    ...cloudFigures(cloud, source, sampleRate),
  };
}

/** Figures of a ring against its source; those that need the source are null where there is none, or too little of it. */
export function cloudFigures(cloud, source, sampleRate) {
  const ring = twice(cloud);
  const isLong = source && source.length >= MOVING_SEC * sampleRate;
  return {
    movement: isLong
      ? movement(logMel(ring, sampleRate), sampleRate) / movement(logMel(source, sampleRate), sampleRate)
      : null,
    flatter: isLong ? fineFlatness(ring, sampleRate) - fineFlatness(source, sampleRate) : null,
    landmark: hasLandmark(tiledLogMel(cloud, sampleRate)),
  };
}

/** Movement of the heard bands between 2 and 8 Hz, dB. */
function movement({ frames, hop }, sampleRate) {
  const length = Math.min(frames.length, Math.round((MOVING_SEC * sampleRate) / hop));
  const size = 2 ** Math.ceil(Math.log2(length));
  const binHz = sampleRate / hop / size;
  return mean(
    heardBands(frames).map((band) => {
      const powers = [];
      for (let from = 0; from + length <= frames.length; from += length >> 1) {
        const course = Float32Array.from({ length }, (_, i) => frames[from + i][band]);
        powers.push(powerWithin(course, size, SLOW_HZ / binHz, FAST_HZ / binHz));
      }
      return Math.sqrt(mean(powers));
    }),
  );
}

function heardBands(frames) {
  const means = frames[0].map((_, band) => mean(frames.map((frame) => frame[band])));
  const top = largest(means);
  return [...means.keys()].filter((band) => means[band] > top - HEARD_DB);
}

/** Power of a course under a Hann window between two bins. */
function powerWithin(course, size, low, high) {
  const level = mean(course);
  const padded = new Float32Array(size);
  let weights = 0;
  course.forEach((value, i) => {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / course.length);
    weights += weight * weight;
    padded[i] = weight * (value - level);
  });
  const spectrum = realFft(size).forward(padded);
  let power = 0;
  for (let k = Math.ceil(low); k < high; k++) power += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
  return (2 * power) / size / weights;
}

/** Geometric over arithmetic mean of the powers in a third octave, mean of the heard thirds, dB: 0 is flat. */
function fineFlatness(samples, sampleRate) {
  const powers = longTermPowers(samples);
  const thirds = [];
  for (let hz = FINE_HZ[0]; hz < FINE_HZ[1]; hz *= THIRD) {
    const [first, end] = [hz, hz * THIRD].map((edge) => Math.round((edge * FINE_SIZE) / sampleRate));
    const inside = powers.slice(first, end);
    const level = 10 * Math.log10(mean(inside));
    thirds.push({ level, flatness: mean(inside.map((power) => 10 * Math.log10(power))) - level });
  }
  const top = largest(thirds.map(({ level }) => level));
  return mean(thirds.filter(({ level }) => level > top - HEARD_DB).map(({ flatness }) => flatness));
}

function longTermPowers(samples) {
  const powers = new Float64Array(FINE_SIZE / 2).fill(1e-20);
  const fft = realFft(FINE_SIZE);
  for (let from = 0; from + FINE_SIZE <= samples.length; from += FINE_SIZE / 2) {
    const frame = samples
      .slice(from, from + FINE_SIZE)
      .map((x, n) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FINE_SIZE)));
    const spectrum = fft.forward(frame);
    for (let k = 0; k < powers.length; k++) powers[k] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
  }
  return [...powers];
}

function hasLandmark({ frames }) {
  const changes = frames.slice(LANDMARK_FRAMES).map((frame, i) => melDistance(frame, frames[i]));
  const most = largest(changes);
  return most >= LANDMARK.db && most >= LANDMARK.medians * median(changes);
}

/** The mean of all channels. */
export function middle(channels) {
  return channels[0].map((_, n) => mean(channels.map((channel) => channel[n])));
}

function twice(samples) {
  const output = new Float32Array(2 * samples.length);
  output.set(samples);
  output.set(samples, samples.length);
  return output;
}

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  const ofSource = known.filter(({ movement: found }) => found !== null);
  const apart = distances(known);
  return [
    ...(ofSource.length === 0
      ? []
      : [
          line(
            kind,
            'movement of bands at 2–8 Hz, over the source’s: median',
            median(ofSource.map((each) => each.movement)),
            {
              count: ofSource.length,
              atMost: MOST_MOVEMENT,
            },
          ),
          line(
            kind,
            'fine spectrum, flatter than the source’s: median',
            median(ofSource.map((each) => each.flatter)),
            {
              unit: 'dB',
              count: ofSource.length,
              atMost: MOST_FLATTER_DB,
            },
          ),
        ]),
    ...(apart.length === 0
      ? []
      : [
          line(kind, 'two clouds of one source apart: median', median(apart), {
            unit: 'dB',
            count: apart.length,
            atLeast: LEAST_APART_DB,
          }),
        ]),
    shareLine(
      kind,
      'clouds with a landmark',
      share(known, ({ landmark }) => landmark),
      count,
      { atMost: MOST_LANDMARKS },
    ),
  ];
}

/** Of each two clouds of one source. */
function distances(clouds) {
  return clouds.flatMap((cloud, i) =>
    clouds
      .slice(0, i)
      .filter(({ source }) => source === cloud.source)
      .map((other) => melDistance(cloud.colour, other.colour)),
  );
}
