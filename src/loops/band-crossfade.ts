/**
 * The crossfade that closes a loop: what led up to the loop's start is blended over its end, so that the
 * wrap from last sample to first is a place where the music ran on by itself.
 *
 * It is done in three bands, each with the gains that its own correlation asks for. Two places of a chord may
 * run in phase at its low partials and have nothing in common in the treble: one correlation for both lets
 * the treble dip by up to 3 dB in the middle of the fade (measured on held pads, above 4 kHz).
 */
import { butterworthLowPass } from '../dsp/butterworth.ts';
import { filterZeroPhaseByEach } from '../dsp/filter.ts';
import { BLOCK, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import type { Sound } from '../dsp/sound.ts';
import { difference, type Products, sampleSums, sumProducts } from '../dsp/sums.ts';
import { BAND_EDGES_HZ } from './bands.ts';
import { levelCrossfade } from './crossfade.ts';
import { keepImage } from './keep-image.ts';

const own = new KernelWorkspace();
const [risingBlock, levelling, before, after] = [0, 1, 2, 3].map(() => own.floats(BLOCK));
const blended = own.floats(BLOCK);

/** Surroundings that the filters need to settle, seconds: far more than they ring. */
const MARGIN_SEC = 0.02;

/** A region of a sound, split into bands that add up to it. */
export interface SplitRegion {
  /** Frame of the sound that the region begins with. */
  readonly from: number;
  /** Bands × channels. */
  readonly bands: readonly (readonly Float32Array[])[];
  /** Σ x² of each band, over all channels. */
  readonly energies: readonly number[];
}

/** Frames [from, to) of a sound, split into bands. */
export function splitRegion({ sampleRate, channels }: Sound, from: number, to: number): SplitRegion {
  const margin = Math.round(MARGIN_SEC * sampleRate);
  const first = Math.max(0, from - margin);
  const surroundings = channels.map((channel) =>
    channel.subarray(first, Math.min(channel.length, to + margin)),
  );
  const [low, high] = BAND_EDGES_HZ.map((edge) => butterworthLowPass(2, edge, sampleRate)[0]);
  const under = filterZeroPhaseByEach(surroundings, [low, high]).map((whole) =>
    whole.map((channel) => channel.subarray(from - first, to - first)),
  );
  under.push(channels.map((channel) => channel.subarray(from, to)));
  // What lies under an edge and above the one before.
  const bands = under.map((whole, b) =>
    whole.map((channel, c) =>
      b === 0 ? { samples: channel, sums: sampleSums(channel) } : difference(channel, under[b - 1][c]),
    ),
  );
  return {
    from,
    bands: bands.map((band) => band.map(({ samples }) => samples)),
    energies: bands.map((band) => band.reduce((energy, { sums }) => energy + sums.energy, 0)),
  };
}

/** The two sides of a crossfade: places in split regions. */
export interface FadeSides {
  readonly incoming: SplitRegion;
  /** Frame of the sound before which the side that comes in ends: the loop's start. */
  readonly incomingEnd: number;
  readonly outgoing: SplitRegion;
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
  const { incoming, incomingEnd, outgoing, outgoingEnd } = sides;
  const fade = rising.length;
  const { byBand, whole } = correlations(sides, fade);
  let channels: Float32Array[] = [];
  const a = incomingEnd - fade - incoming.from;
  const b = outgoingEnd - fade - outgoing.from;
  for (const [band, correlation] of byBand.entries()) {
    const from = incoming.bands[band].map((channel) => channel.subarray(a, a + fade));
    const to = outgoing.bands[band].map((channel) => channel.subarray(b, b + fade));
    const blended = blendBand(from, to, rising, correlation);
    keepImage({ incoming: from, outgoing: to, blended }, rising);
    if (band === 0) channels = blended;
    else for (const [c, channel] of channels.entries()) addTo(channel, blended[c]);
  }
  return { channels, correlation: whole };
}

/** Correlation of the two sides over the whole fade, all bands and channels together, -1 to 1. @param fade frames */
export function sideCorrelation(sides: FadeSides, fade: number): number {
  return correlations(sides, fade).whole;
}

/** One band of two sides, levelled by their correlation. */
function blendBand(
  incoming: readonly Float32Array[],
  outgoing: readonly Float32Array[],
  rising: Float32Array,
  correlation: number,
): Float32Array[] {
  const count = rising.length;
  const channels = incoming.map(() => new Float32Array(count));
  for (let start = 0; start < count; start += BLOCK) {
    const end = Math.min(count, start + BLOCK);
    risingBlock.set(rising.subarray(start, end));
    levelCrossfade(risingBlock, correlation, levelling, end - start);
    for (const [c, channel] of channels.entries()) {
      before.set(incoming[c].subarray(start, end));
      after.set(outgoing[c].subarray(start, end));
      blended.fill(0);
      kernels.addBlend(before, after, risingBlock, levelling, blended, end - start);
      channel.set(blended.subarray(0, end - start), start);
    }
  }
  return channels;
}

function addTo(channel: Float32Array, band: Float32Array): void {
  for (let n = 0; n < channel.length; n++) channel[n] += band[n];
}

/** Correlation of the sides in each band over all channels, and over all bands. */
function correlations(
  { incoming, incomingEnd, outgoing, outgoingEnd }: FadeSides,
  fade: number,
): { byBand: number[]; whole: number } {
  const a = incomingEnd - fade - incoming.from;
  const b = outgoingEnd - fade - outgoing.from;
  const all = { both: 0, one: 0, other: 0 };
  const byBand = incoming.bands.map((band, index) => {
    const sums = { both: 0, one: 0, other: 0 };
    for (const [c, one] of band.entries()) {
      const other = outgoing.bands[index][c];
      const products = sumProducts(one.subarray(a, a + fade), other.subarray(b, b + fade));
      addProducts(sums, products);
      addProducts(all, products);
    }
    return correlationOf(sums);
  });
  return { byBand, whole: correlationOf(all) };
}

function addProducts(
  sums: { -readonly [sum in keyof Products]: number },
  { both, one, other }: Products,
): void {
  sums.both += both;
  sums.one += one;
  sums.other += other;
}

function correlationOf({ both, one, other }: Products): number {
  return both / (Math.sqrt(one * other) || Infinity);
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
