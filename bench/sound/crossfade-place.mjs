/**
 * Where inside a mined pad its crossfade lies, found from the outside: the pad is laid over the stretch of
 * source that the manifest names; where the two differ, something was blended in.
 *
 * A mined pad is that stretch, turned by an unknown number of frames and times a slow gain (`slow-gain.mjs`), save for the
 * crossfade at the stretch's end; of a source whose DC wanders, the engine takes what lies under 10 Hz
 * (a Butterworth high-pass of second order), so the stretch is tried with and without that.
 */
import { butterworthHighPass } from '../../dist/dsp/butterworth.js';
import { fastFftSize, realFft } from '../../dist/dsp/fft.js';
import { filter } from '../../dist/dsp/filter.js';
import { slowGain } from './slow-gain.mjs';
import { powerDb } from './statistics.mjs';

/** Where the engine's high-pass against a wandering offset lies. */
const DRIFT_HZ = 10;
/** From one place to the next that are compared, and around each, s: a gain that is as slow goes straight there. */
const BLOCK_SEC = 0.002;
const AROUND_SEC = 0.003;
/** A block that differs by more than this from the source, against the pad's level, is blended, dB. */
const DIFFERS_DB = -50;

/**
 * @param pad channels of the pad
 * @param region the stretch as `readRegion` gives it, with at least half a second before it where there is any
 * @returns {{ turn: number, gainAt: ((frame: number) => number)[], start: number, length: number, differenceDb: number } | null} the pad's
 *   first frame is frame `turn` of the stretch, of whose frames `gainAt` tells the gain, by channel; the crossfade's first frame in the pad and its length; how far
 *   under the pad the rest differs from the source (how true the manifest is). Null where they do not match.
 */
export function findCrossfade(pad, { channels, before, after }, sampleRate) {
  const length = pad[0].length;
  const stretch = (channel) => channel.subarray(before, channel.length - after);
  if (stretch(channels[0]).length !== length || channels.length !== pad.length) return null;
  const highPass = butterworthHighPass(2, DRIFT_HZ, sampleRate);
  const found = [
    channels.map((channel) => withoutMean(stretch(channel))),
    channels.map((channel) => stretch(filter([withoutMean(channel)], highPass)[0])),
  ].map((region) => compare(pad.map(withoutMean), region.map(withoutMean), sampleRate));
  return found.reduce((best, each) => (each.differenceDb < best.differenceDb ? each : best));
}

function compare(pad, region, sampleRate) {
  const length = pad[0].length;
  const turn = bestTurn(pad, region);
  const upright = pad.map((channel) => turned(channel, (length - turn) % length));
  const level = energy(upright, 0, length) / length;
  const fade = fadeLength(upright, region, level, sampleRate);
  const gainAt = upright.map((channel, c) => slowGain(channel, region[c], 0, length - fade, sampleRate));
  // Of the first half alone: no more of it is asked.
  const half = length >> 1;
  const residual = upright.map((channel, c) =>
    channel.subarray(0, half).map((x, n) => x - gainAt[c](n) * region[c][n]),
  );
  return {
    turn,
    gainAt,
    start: (2 * length - fade - turn) % length,
    length: fade,
    differenceDb: powerDb(energy(residual, 0, half) / half / level),
  };
}

/** Back from the end of the stretch until the source is met again. */
function fadeLength(pad, region, level, sampleRate) {
  const { length } = pad[0];
  const block = Math.max(1, Math.round(BLOCK_SEC * sampleRate));
  const around = Math.round(AROUND_SEC * sampleRate);
  let fade = 0;
  for (let from = length - block; from >= 0; from -= block) {
    const [first, end] = [Math.max(0, from - around), Math.min(length, from + block + around)];
    const differs = pad.reduce((sum, channel, c) => sum + unexplained(channel, region[c], first, end), 0);
    if (powerDb(differs / (end - first) / level) > DIFFERS_DB) fade = length - from;
    else if (length - from > fade + 10 * block) break;
  }
  return fade;
}

/** Energy of what is left of x[from … to) after the best of y times a gain that goes straight. */
function unexplained(x, y, from, to) {
  const middle = (from + to - 1) / 2;
  let [xx, xy, xty, yy, yty, ttyy] = [0, 0, 0, 0, 0, 0];
  for (let n = from; n < to; n++) {
    const ty = ((n - middle) / (to - from)) * y[n];
    xx += x[n] * x[n];
    xy += x[n] * y[n];
    xty += x[n] * ty;
    yy += y[n] * y[n];
    yty += y[n] * ty;
    ttyy += ty * ty;
  }
  const determinant = yy * ttyy - yty * yty;
  if (!(determinant > 1e-9 * yy * ttyy)) return xx;
  const gain = (xy * ttyy - xty * yty) / determinant;
  const slope = (xty * yy - xy * yty) / determinant;
  return Math.max(0, xx - gain * xy - slope * xty);
}

/** The turn at which pad[n] resembles region[n + turn] most, by correlation round the circle, channels summed. */
function bestTurn(pad, region) {
  const length = pad[0].length;
  const size = fastFftSize(3 * length);
  const fft = realFft(size);
  const products = new Float64Array(length);
  for (let c = 0; c < pad.length; c++) {
    const twice = new Float32Array(size);
    twice.set(region[c]);
    twice.set(region[c], length);
    const once = new Float32Array(size);
    once.set(pad[c]);
    const a = fft.forward(twice);
    const b = fft.forward(once);
    for (let k = 0; k < a.length; k += 2) {
      const re = a[k] * b[k] + a[k + 1] * b[k + 1];
      a[k + 1] = a[k + 1] * b[k] - a[k] * b[k + 1];
      a[k] = re;
    }
    const correlation = fft.inverse(a);
    for (let lag = 0; lag < length; lag++) products[lag] += correlation[lag];
  }
  let best = 0;
  for (let lag = 1; lag < length; lag++) if (products[lag] > products[best]) best = lag;
  return best;
}

function energy(channels, from, to) {
  let sum = 0;
  for (const channel of channels) for (let n = from; n < to; n++) sum += channel[n] * channel[n];
  return sum;
}

function withoutMean(channel) {
  let sum = 0;
  for (const x of channel) sum += x;
  const mean = sum / channel.length;
  return channel.map((x) => x - mean);
}

/** The channel beginning at frame `start`. */
function turned(channel, start) {
  const result = new Float32Array(channel.length);
  result.set(channel.subarray(start));
  result.set(channel.subarray(0, start), channel.length - start);
  return result;
}
