/** Grains read, shaped and added to a ring. */
import { GRAIN_BLOCK, GrainReader } from '../../dsp/interpolate.ts';
import { type KernelFloats, type KernelStruct, KernelWorkspace, partOf } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { cos, pow, sin } from '../../dsp/maths.ts';
import { addToRing } from '../../dsp/ring.ts';
import { alignedStart } from './align.ts';
import type { Grain, GrainSource } from './grain.ts';

/**
 * Furthest turn of a stereo grain's image at full spread, radians (22.5°): turns spread evenly up to it lower
 * the inter-channel correlation by a tenth (the mean of cos 2θ is 0.9), further ones would lose the image.
 */
const WIDEST_TURN = Math.PI / 8;
/** What a block of a grain is made in. */
interface Workspace {
  readonly reader: GrainReader;
  readonly cosines: KernelStruct<'HannCosines'>;
  readonly products: KernelStruct<'ProductSums'>;
  readonly envelope: KernelFloats;
  readonly squared: KernelFloats;
  /** A part of the ring. */
  readonly ringPart: KernelFloats;
  /** The grain's channels. */
  readonly blocks: readonly [KernelFloats, KernelFloats];
}

/** Made for a thread's first cloud, and kept. */
let kept: Workspace | null = null;

function createWorkspace(): Workspace {
  const own = new KernelWorkspace();
  const reader = new GrainReader();
  const block = () => own.floats(GRAIN_BLOCK);
  const [cosines, products] = [own.struct('HannCosines'), own.struct('ProductSums')];
  const [envelope, squared, ringPart] = [block(), block(), block()];
  return { reader, cosines, products, envelope, squared, ringPart, blocks: [block(), block()] };
}

/**
 * Adds every grain to the ring, and the squares of their envelopes to the weight.
 * @param spread 0 to 1, how far a stereo grain's image is turned
 */
export function addGrains(
  grains: readonly Grain[],
  sources: readonly GrainSource[],
  ring: readonly Float32Array[],
  weight: Float32Array,
  spread: number,
): void {
  const longest = grains.reduce((most, { length }) => Math.max(most, length), 0);
  const parts = ring.map(() => new Float32Array(longest));
  kept ??= createWorkspace();
  const workspace = kept;
  for (const grain of grains) {
    const source = sources[grain.stretch];
    const start = alignedStart(grain, source, ring);
    const likeness = shapeGrain(workspace, grain, start, source, parts, ring, weight);
    const gain = grain.gain * grain.amplitude;
    addImage(workspace, ring, parts, grain, likeness < 0 ? -gain : gain, spread);
  }
}

/**
 * Reads a grain under its envelope, and adds the envelope's square to the weight.
 * @param parts channels of the grain; filled
 * @returns how like what already sounds there it is: Σ grain · ring
 */
function shapeGrain(
  workspace: Workspace,
  { length, place, semitones, amplitude }: Grain,
  start: number,
  source: GrainSource,
  parts: readonly Float32Array[],
  ring: readonly Float32Array[],
  weight: Float32Array,
): number {
  const { reader, cosines, envelope, squared, blocks } = workspace;
  reader.setRatio(pow(2, semitones / 12));
  // The window is sampled at half-way points, so that it is even and neither end is wasted on a zero.
  const step = (2 * Math.PI) / length;
  cosines.twiceStep = 2 * cos(step);
  cosines.before = cos(-0.5 * step);
  cosines.here = cos(0.5 * step);
  let likeness = 0;
  for (let done = 0; done < length; done += reader.most) {
    const count = Math.min(reader.most, length - done);
    const at = (place + done) % weight.length;
    kernels.hannEnvelope(cosines, envelope, squared, count);
    if (amplitude !== 1) for (let n = 0; n < count; n++) squared[n] *= amplitude * amplitude;
    addToRing(weight, at, squared, count);
    const from = start - source.start + done * reader.ratio;
    reader.read(source.sound.channels, from, blocks, count);
    for (let c = 0; c < parts.length; c++) {
      const block = blocks[c];
      kernels.multiplyArrays(block, envelope, block, count);
      likeness += correlate(workspace, ring[c], at, block, count);
      parts[c].set(block.subarray(0, count), done);
    }
  }
  return likeness;
}

/** Σ ring[at + n] · part[n] around the end of the ring, n from 0 to length. */
function correlate(
  { ringPart, products }: Workspace,
  ring: Float32Array,
  at: number,
  part: KernelFloats,
  length: number,
): number {
  products.both = 0;
  for (let done = 0, place = at; done < length; place = 0) {
    const count = Math.min(length - done, ring.length - place);
    ringPart.set(ring.subarray(place, place + count));
    kernels.addProducts(ringPart, done === 0 ? part : partOf(part, done), count, products);
    done += count;
  }
  return products.both;
}

/** Adds a mono grain as it is; a stereo one with its image turned, which keeps its power and its width. */
function addImage(
  { ringPart, blocks }: Workspace,
  ring: readonly Float32Array[],
  parts: readonly Float32Array[],
  { place, length, pan }: Grain,
  gain: number,
  spread: number,
): void {
  const turn = ring.length === 2 ? pan * spread * WIDEST_TURN : 0;
  const [along, across] = [gain * cos(turn), gain * sin(turn)];
  // Of either channel of the ring: how much of each part is added.
  const gains = [
    [along, -across],
    [across, along],
  ];
  const frames = ring[0].length;
  let count = 0;
  for (let done = 0; done < length; done += count) {
    const at = (place + done) % frames;
    count = Math.min(length - done, frames - at, GRAIN_BLOCK);
    for (let p = 0; p < parts.length; p++) blocks[p].set(parts[p].subarray(done, done + count));
    for (let c = 0; c < ring.length; c++) {
      const part = ring[c].subarray(at, at + count);
      ringPart.set(part);
      for (let p = 0; p < parts.length; p++) kernels.addScaled(ringPart, blocks[p], gains[c][p], count);
      part.set(ringPart.subarray(0, count));
    }
  }
}
