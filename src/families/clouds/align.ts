import { realFft } from '../../dsp/fft.ts';
import {
  copySamples,
  type KernelFloats,
  type KernelWorkspace,
  partOf,
  withWorkspace,
} from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { log2, pow } from '../../dsp/maths.ts';
import { unroll } from '../../dsp/unroll.ts';
import type { Grain, GrainSource } from './grain.ts';

/** A grain may begin so much earlier or later in its source, s, so that chords too find a place where most of their lines agree… */
const REACH_SEC = 0.05;
/** …and by no more than this of its own length. */
const REACH_SHARE = 1 / 8;
/** Samples that are taken as one, as the kernel does: phases up to 500 Hz are matched within an eleventh of a turn. */
const STEP = 8;
/** Sums that are made at a time. */
const BLOCK = 1024;

/**
 * Where a grain should begin in its source, a little earlier or later than drawn, so that it swings with what already sounds
 * at its place: the best cross-correlation with the ring, its middle weighing most. What swings together adds up without
 * dips, and keeps the lines of its spectrum.
 * @returns first sample it reads of the source
 */
export function alignedStart(grain: Grain, source: GrainSource, ring: readonly Float32Array[]): number {
  return withWorkspace((own) => bestStart(own, grain, source, ring));
}

function bestStart(
  own: KernelWorkspace,
  { place, length, start, semitones }: Grain,
  source: GrainSource,
  ring: readonly Float32Array[],
): number {
  const ratio = pow(2, semitones / 12);
  const furthest = Math.min(REACH_SEC * source.sound.sampleRate, REACH_SHARE * length);
  const reach = Math.round(furthest / STEP);
  const count = Math.floor(length / STEP);
  // One of a few sizes, since plans are kept.
  const size = pow(2, Math.ceil(log2(Math.max(32, count + 2 * reach))));
  const [sounding, read] = [own.floats(size), own.floats(size)];
  if (!decimateRing(ring, place, count, sounding)) return start;
  for (let n = 0; n < count; n++) sounding[n] *= 1 - Math.abs((2 * n) / count - 1);
  readDecimated(source, start, ratio, reach, count + 2 * reach, read);
  const likeness = correlate(own, sounding, read);
  const last = source.start + source.sound.channels[0].length - Math.ceil(length * ratio);
  let [best, most] = [start, 0];
  for (let lag = 0; lag <= 2 * reach; lag++) {
    if (likeness[lag] <= most) continue;
    const moved = start + Math.round((lag - reach) * STEP * ratio);
    if (moved >= source.start && moved <= last) [best, most] = [moved, likeness[lag]];
  }
  return best;
}

/** Σ sounding[n] · read[n + lag] · size, lag after lag, which takes the place of what is read. */
function correlate(own: KernelWorkspace, sounding: KernelFloats, read: KernelFloats): KernelFloats {
  const fft = realFft(read.length);
  const [theirs, ours, product] = [0, 1, 2].map(() => own.floats(read.length + 2));
  fft.forward(sounding, theirs);
  fft.forward(read, ours);
  kernels.addCrossSpectrum(ours, theirs, product, fft.binCount);
  fft.inverseUnscaled(product, read);
  return read;
}

/** All channels as one, STEP samples as one. @returns whether anything sounds there */
function decimateRing(
  ring: readonly Float32Array[],
  place: number,
  count: number,
  output: Float32Array,
): boolean {
  decimate(ring, place, count, output);
  for (let n = 0; n < count; n++) if (output[n] !== 0) return true;
  return false;
}

/** Fills so many sums over STEP samples of all channels, from a place on, round the end. */
function decimate(
  channels: readonly Float32Array[],
  place: number,
  count: number,
  output: Float32Array,
): void {
  withWorkspace((own) => {
    const samples = own.floats(STEP * BLOCK);
    const sums = own.floats(BLOCK);
    for (let first = 0; first < count; first += BLOCK) {
      const groups = Math.min(BLOCK, count - first);
      sums.fill(0);
      for (const channel of channels) {
        unroll(channel, place + STEP * first, partOf(samples, 0, STEP * groups));
        kernels.addEightSums(samples, groups, sums);
      }
      output.set(sums.subarray(0, groups), first);
    }
  });
}

/** The same of what a grain reads, from `reach` steps before its start on; nothing lies outside of the source. @param output zeros */
function readDecimated(
  source: GrainSource,
  start: number,
  ratio: number,
  reach: number,
  count: number,
  output: KernelFloats,
): void {
  const decimated = decimatedSource(source);
  const from = (start - source.start) / STEP;
  if (ratio === 1) {
    copySamples(decimated, Math.round(from) - reach, count, output);
    return;
  }
  for (let n = 0; n < count; n++) {
    const at = Math.round(from + (n - reach) * ratio);
    if (at >= 0 && at < decimated.length) output[n] = decimated[at];
  }
}

/** Made once for all grains of a stretch. */
const known = new WeakMap<GrainSource, Float32Array>();

function decimatedSource(source: GrainSource): Float32Array {
  let found = known.get(source);
  if (!found) {
    const { channels } = source.sound;
    found = new Float32Array(Math.floor(channels[0].length / STEP));
    decimate(channels, 0, found.length, found);
    known.set(source, found);
  }
  return found;
}
