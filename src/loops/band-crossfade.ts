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
import { withWorkspace } from '../dsp/kernel-memory.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import type { Sound } from '../dsp/sound.ts';
import { difference, sampleSums } from '../dsp/sums.ts';
import { BAND_EDGES_HZ } from './bands.ts';
import { addBlend, type BandSides, blendRoom, type SideSums, sideSums } from './blend-band.ts';

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

/** Frames [from, to) of a sound, split into bands. @param lender of these */
export function splitRegion(
  { sampleRate, channels }: Sound,
  from: number,
  to: number,
  lender: Lender = FRESH,
): SplitRegion {
  const margin = Math.round(MARGIN_SEC * sampleRate);
  const first = Math.max(0, from - margin);
  const surroundings = channels.map((channel) =>
    channel.subarray(first, Math.min(channel.length, to + margin)),
  );
  const [low, high] = BAND_EDGES_HZ.map((edge) => butterworthLowPass(2, edge, sampleRate)[0]);
  const [underLow, underHigh] = filterZeroPhaseByEach(surroundings, [low, high], lender).map((whole) =>
    whole.map((channel) => channel.subarray(from - first, to - first)),
  );
  // The last first: what lies under the upper edge becomes what lies between both.
  const treble = channels.map((channel, c) => {
    const region = channel.subarray(from, to);
    return difference(region, underHigh[c], lender.floats(region.length));
  });
  const presence = underHigh.map((channel, c) => difference(channel, underLow[c], channel));
  const bass = underLow.map((samples) => ({ samples, sums: sampleSums(samples) }));
  const bands = [bass, presence, treble];
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
 * @param lender of what is blended
 */
export function blendSides(sides: FadeSides, rising: Float32Array, lender: Lender = FRESH): Blend {
  const bands = bandsOf(sides, rising.length);
  const sums = bands.map(sideSums);
  const channels = bands[0].incoming.map(() => lender.floats(rising.length).fill(0));
  withWorkspace((workspace) => {
    const room = blendRoom(workspace, rising.length, channels.length);
    for (const [b, band] of bands.entries())
      addBlend(band, rising, correlationOf([sums[b]]), sums[b], channels, room);
  });
  return { channels, correlation: correlationOf(sums) };
}

/** Correlation of the two sides over the whole fade, all bands and channels together, -1 to 1. @param fade frames */
export function sideCorrelation(sides: FadeSides, fade: number): number {
  return correlationOf(bandsOf(sides, fade).map(sideSums));
}

function bandsOf({ incoming, incomingEnd, outgoing, outgoingEnd }: FadeSides, fade: number): BandSides[] {
  const a = incomingEnd - fade - incoming.from;
  const b = outgoingEnd - fade - outgoing.from;
  return incoming.bands.map((band, index) => ({
    incoming: band.map((channel) => channel.subarray(a, a + fade)),
    outgoing: outgoing.bands[index].map((channel) => channel.subarray(b, b + fade)),
  }));
}

/** Of bands together. */
function correlationOf(bands: readonly SideSums[]): number {
  let [both, one, other] = [0, 0, 0];
  for (const band of bands) {
    both += band.both;
    one += band.incoming;
    other += band.outgoing;
  }
  return both / (Math.sqrt(one * other) || Infinity);
}

/** The loop sound[start … start+length), its end replaced by what was blended for it. @param lender of it */
export function withFade(
  sound: Sound,
  start: number,
  length: number,
  { channels }: Blend,
  lender: Lender = FRESH,
): Sound {
  return {
    sampleRate: sound.sampleRate,
    channels: sound.channels.map((channel, c) => {
      const loop = lender.floats(length);
      loop.set(channel.subarray(start, start + length));
      loop.set(channels[c], length - channels[c].length);
      return loop;
    }),
  };
}
