/**
 * The crossfade that closes a loop: what led up to the loop's start is blended over its end, so that the
 * wrap from last sample to first is a place where the music ran on by itself.
 *
 * It is done in three bands, each with the gains that its own correlation asks for. Two places of a chord may
 * run in phase at its low partials and have nothing in common in the treble: one correlation for both lets
 * the treble dip by up to 3 dB in the middle of the fade (measured on held pads, above 4 kHz).
 */
import { butterworthLowPass, type Section } from '../dsp/butterworth.ts';
import { filterZeroPhase } from '../dsp/filter.ts';
import type { Sound } from '../dsp/sound.ts';
import { BAND_EDGES_HZ } from './bands.ts';
import { levelCrossfade } from './crossfade.ts';

/** Surroundings that the filters need to settle, seconds: far more than they ring. */
const MARGIN_SEC = 0.02;

/** A stretch of a sound, split into bands that add up to it. */
export interface SplitStretch {
  /** Frame of the sound that the stretch begins with. */
  readonly from: number;
  /** Bands × channels. */
  readonly bands: readonly (readonly Float32Array[])[];
}

/** Frames [from, to) of a sound, split into bands. */
export function splitStretch({ sampleRate, channels }: Sound, from: number, to: number): SplitStretch {
  const margin = Math.round(MARGIN_SEC * sampleRate);
  const first = Math.max(0, from - margin);
  const lowPasses = BAND_EDGES_HZ.map((edge) => butterworthLowPass(2, edge, sampleRate));
  const split = channels.map((channel) => {
    const surroundings = channel.subarray(first, Math.min(channel.length, to + margin));
    return bandsOf(surroundings, lowPasses).map((band) => band.subarray(from - first, to - first));
  });
  return { from, bands: split[0].map((_, b) => split.map((bands) => bands[b])) };
}

/** What lies under each edge and above the one before; the rest last. */
function bandsOf(samples: Float32Array, lowPasses: readonly Section[][]): Float32Array[] {
  const under = [...lowPasses.map((sections) => filterZeroPhase(samples, sections)), samples];
  return under.map((band, b) => (b === 0 ? band : difference(band, under[b - 1])));
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length);
  for (let n = 0; n < a.length; n++) result[n] = a[n] - b[n];
  return result;
}

/** The two sides of a crossfade: places in split stretches. */
export interface FadeSides {
  readonly incoming: SplitStretch;
  /** Frame of the sound before which the side that comes in ends: the loop's start. */
  readonly incomingEnd: number;
  readonly outgoing: SplitStretch;
  /** The same of the side that goes out: the loop's end. */
  readonly outgoingEnd: number;
}

/** Two sides blended into each other. */
export interface Blend {
  /** The crossfade as it will sound. */
  readonly channels: readonly Float32Array[];
  /** Correlation of the sides over all bands and channels, -1 to 1; 0 where one is silent. */
  readonly correlation: number;
}

/**
 * The `rising.length` frames before one end blended into those before the other. In each band one correlation
 * serves all channels, so that the image stays.
 */
export function blendSides(sides: FadeSides, rising: Float32Array): Blend {
  return blend(sides, rising, 0, rising.length, 1);
}

/** Samples that tell a correlation well enough to choose by. */
const SAMPLES_TO_ESTIMATE = 1500;

/**
 * The middle `window` frames of what {@link blendSides} would give; its correlations are estimated from a thousand
 * or two samples of each side.
 */
export function blendMiddle(sides: FadeSides, rising: Float32Array, window: number): Blend {
  // An odd stride keeps clear of even periods.
  const stride = 2 * Math.floor(rising.length / SAMPLES_TO_ESTIMATE / 2) + 1;
  return blend(sides, rising, (rising.length - window) >> 1, window, stride);
}

/** Frames [first, first+count) of the crossfade; correlations from every `stride`th sample. */
function blend(sides: FadeSides, rising: Float32Array, first: number, count: number, stride: number): Blend {
  const { incoming, incomingEnd, outgoing, outgoingEnd } = sides;
  const fade = rising.length;
  const { byBand, whole } = correlations(sides, fade, stride);
  const channels = incoming.bands[0].map(() => new Float32Array(count));
  const levelling = new Float32Array(count);
  const curve = rising.subarray(first, first + count);
  const a = incomingEnd - fade - incoming.from + first;
  const b = outgoingEnd - fade - outgoing.from + first;
  for (const [band, correlation] of byBand.entries()) {
    levelCrossfade(curve, correlation, levelling);
    for (const [c, blended] of channels.entries()) {
      addBlend(incoming.bands[band][c], a, outgoing.bands[band][c], b, curve, levelling, blended);
    }
  }
  return { channels, correlation: whole };
}

/** Adds one band of one channel, blended. */
function addBlend(
  before: Float32Array,
  a: number,
  after: Float32Array,
  b: number,
  rising: Float32Array,
  levelling: Float32Array,
  blended: Float32Array,
): void {
  for (let k = 0; k < blended.length; k++) {
    const out = after[b + k];
    blended[k] += (out + (before[a + k] - out) * rising[k]) * levelling[k];
  }
}

/** Correlation of the sides in each band over all channels, and over all bands. */
function correlations(
  { incoming, incomingEnd, outgoing, outgoingEnd }: FadeSides,
  fade: number,
  stride: number,
): { byBand: number[]; whole: number } {
  const a = incomingEnd - fade - incoming.from;
  const b = outgoingEnd - fade - outgoing.from;
  const all = new Float64Array(3);
  const byBand = incoming.bands.map((band, index) => {
    const sums = new Float64Array(3);
    for (const [c, before] of band.entries()) {
      addProducts(before, a, outgoing.bands[index][c], b, fade, stride, sums);
    }
    for (let k = 0; k < 3; k++) all[k] += sums[k];
    return correlationOf(sums);
  });
  return { byBand, whole: correlationOf(all) };
}

/** Adds to sums: the product of two stretches, and their energies. */
function addProducts(
  one: Float32Array,
  oneFrom: number,
  other: Float32Array,
  otherFrom: number,
  count: number,
  stride: number,
  sums: Float64Array,
): void {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let k = 0; k < count; k += stride) {
    const x = one[oneFrom + k];
    const y = other[otherFrom + k];
    product += x * y;
    first += x * x;
    second += y * y;
  }
  sums[0] += product;
  sums[1] += first;
  sums[2] += second;
}

function correlationOf([product, first, second]: Float64Array): number {
  return product / (Math.sqrt(first * second) || Infinity);
}

/** The loop sound[start … start+length), its end replaced by what was blended for it. */
export function withFade(sound: Sound, start: number, length: number, { channels }: Blend): Sound {
  return {
    sampleRate: sound.sampleRate,
    channels: sound.channels.map((channel, c) => {
      const loop = channel.slice(start, start + length);
      loop.set(channels[c], length - channels[c].length);
      return loop;
    }),
  };
}
