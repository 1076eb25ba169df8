/** Riding the level of a ring band by band: partials that beat where grains meet are brought back one by one. */
import { realFft } from './fft.ts';
import { exp, log, log2, pow } from './maths.ts';
import { smoothRing } from './riding.ts';
import { sineWindow } from './windows.ts';

/** How {@link evenBands} rides. */
export interface BandRiding {
  /** Over this time the level of a band is measured, s: movement that is slower is taken out… */
  readonly fastSec: number;
  /** …unless it is slower than this, s: what the level is brought to, and the drift of the sound itself. */
  readonly slowSec: number;
  /** Largest correction, up or down, dB. */
  readonly limitDb: number;
}

/** Frames of 46 ms at 44.1 kHz, overlapping by half under a sine window twice: what is not ridden comes back as it was. */
const FRAME_SEC = 0.046;
/** Bands a third of an octave wide at 1 kHz and above, wider in hertz than a bin below. */
const BANDS = 32;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 16_000;
/** Each measures what the last one left. */
const PASSES = 3;
/** A band so far under the whole, in power, is left alone: 70 dB. */
const LEAST_SHARE = 1e-7;

/** Rides every band of a ring towards its own slower level; one gain for all channels, so that the image stays. In place. */
export function evenBands(channels: readonly Float32Array[], sampleRate: number, riding: BandRiding): void {
  const { length } = channels[0];
  const size = pow(2, Math.round(log2(FRAME_SEC * sampleRate)));
  const count = Math.round((2 * length) / size);
  if (count < 4) return;
  const places = Array.from({ length: count }, (_, i) => Math.round((i * length) / count));
  const bands = bandPlaces(size, sampleRate);
  const powers = Array.from({ length: BANDS }, () => new Float32Array(count));
  const spectra = channels.map((channel) => transformed(channel, places, size));
  for (const frames of spectra) addBandPowers(frames, bands, powers);
  const framesIn = (seconds: number) => (seconds * sampleRate * count) / length;
  const limit = pow(10, riding.limitDb / 20);
  const total = powers.reduce((sum, power) => sum + meanOf(power), 0);
  const gains = powers.map((power) =>
    meanOf(power) > LEAST_SHARE * total
      ? gainsOf(power, framesIn(riding.fastSec), framesIn(riding.slowSec), limit)
      : new Float32Array(count).fill(1),
  );
  for (const [c, frames] of spectra.entries()) addCorrection(channels[c], frames, places, bands, gains, size);
}

/** Where each bin lies among the bands' centres: the band under it, and how far it is to the next. */
interface BandPlaces {
  readonly below: Uint8Array;
  readonly share: Float32Array;
}

function bandPlaces(size: number, sampleRate: number): BandPlaces {
  const bins = size / 2 + 1;
  const below = new Uint8Array(bins);
  const share = new Float32Array(bins);
  const highest = Math.min(HIGHEST_HZ, 0.45 * sampleRate);
  const [low, high] = [warped(LOWEST_HZ), warped(highest)];
  for (let bin = 0; bin < bins; bin++) {
    const place = ((warped((bin * sampleRate) / size) - low) / (high - low)) * (BANDS - 1);
    const clamped = Math.max(0, Math.min(BANDS - 1 - 1e-6, place));
    below[bin] = Math.floor(clamped);
    share[bin] = clamped - below[bin];
  }
  return { below, share };
}

/** The scale of equivalent rectangular bandwidths (Glasberg & Moore 1990), up to a factor. */
function warped(hertz: number): number {
  return log(1 + hertz / 228.85);
}

/** Spectra of all frames round the ring, one after another. */
function transformed(channel: Float32Array, places: readonly number[], size: number): Float32Array[] {
  const fft = realFft(size);
  const window = sineWindow(size);
  const frame = new Float32Array(size);
  const { length } = channel;
  return places.map((place) => {
    for (let n = 0, at = place; n < size; n++, at++) {
      if (at >= length) at -= length;
      frame[n] = window[n] * channel[at];
    }
    return fft.forward(frame);
  });
}

function addBandPowers(
  frames: readonly Float32Array[],
  { below, share }: BandPlaces,
  powers: readonly Float32Array[],
): void {
  for (const [i, spectrum] of frames.entries()) {
    for (let bin = 1; bin < below.length - 1; bin++) {
      const power = spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
      powers[below[bin]][i] += (1 - share[bin]) * power;
      powers[below[bin] + 1][i] += share[bin] * power;
    }
  }
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Amplitude gains, frame by frame, that take a band's fast movement out. */
function gainsOf(power: Float32Array, fast: number, slow: number, limit: number): Float32Array {
  const target = smoothRing(power, slow);
  const gains = new Float32Array(power.length).fill(1);
  const ridden = new Float32Array(power.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 0; i < power.length; i++) ridden[i] = power[i] * gains[i] * gains[i];
    const local = smoothRing(ridden, fast);
    for (let i = 0; i < power.length; i++) {
      const gain = gains[i] * Math.sqrt(target[i] / (local[i] + 1e-20));
      gains[i] = Math.min(limit, Math.max(1 / limit, gain));
    }
  }
  return gains;
}

/** Adds to the channel what its frames gain; a frame at gain 1 adds nothing, so nothing is lost to the transform. */
function addCorrection(
  channel: Float32Array,
  frames: readonly Float32Array[],
  places: readonly number[],
  { below, share }: BandPlaces,
  gains: readonly Float32Array[],
  size: number,
): void {
  const fft = realFft(size);
  const window = sineWindow(size);
  const frame = new Float32Array(size);
  const logs = gains.map((band) => band.map(log));
  for (const [i, spectrum] of frames.entries()) {
    for (let bin = 0; bin < below.length; bin++) {
      const [here, next] = [logs[below[bin]][i], logs[below[bin] + 1][i]];
      const change = exp(here + share[bin] * (next - here)) - 1;
      spectrum[2 * bin] *= change;
      spectrum[2 * bin + 1] *= change;
    }
    fft.inverse(spectrum, frame);
    for (let n = 0, at = places[i]; n < size; n++, at++) {
      if (at >= channel.length) at -= channel.length;
      channel[at] += window[n] * frame[n];
    }
  }
}
