/**
 * One band of a crossfade: what its two sides sum up to, and both blended so that level and stereo image stay. Blocks go
 * through the kernels' memory; a second channel that is not there is silent in it.
 */
import {
  BLOCK,
  type KernelDoubles,
  type KernelFloats,
  KernelWorkspace,
  partOf,
} from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { levelCrossfade } from './crossfade.ts';
import { GRAIN, IMAGE_SUMS, imageMatrices } from './keep-image.ts';

/** The two sides of a band, one array for each of one or two channels; all of one length. */
export interface BandSides {
  readonly incoming: readonly Float32Array[];
  readonly outgoing: readonly Float32Array[];
}

/** Sums of a grain: those of one side, of the other, and of both together. */
const SUMS = 2 * IMAGE_SUMS + 1;
const GRAINS = BLOCK / GRAIN;

const own = new KernelWorkspace();
const pair = () => [own.floats(BLOCK), own.floats(BLOCK)] as const;
const [before, after, [risingBlock, levelling]] = [pair(), pair(), pair()];
/** What is added to, and what stands for a second channel that is not there. */
const [added, silent] = pair();
const blockSums = own.doubles(SUMS * GRAINS);

/** Σ incoming², Σ outgoing², Σ incoming · outgoing over all channels, and what they are made of. */
export interface SideSums {
  readonly incoming: number;
  readonly outgoing: number;
  readonly both: number;
  /** {@link SUMS} of each grain. */
  readonly grains: Float64Array;
}

export function sideSums({ incoming, outgoing }: BandSides): SideSums {
  const count = incoming[0].length;
  const grains = new Float64Array(SUMS * Math.ceil(count / GRAIN));
  for (let start = 0; start < count; start += BLOCK) {
    const length = Math.min(BLOCK, count - start);
    load(incoming, start, length, before);
    load(outgoing, start, length, after);
    kernels.sideProducts(before[0], before[1], after[0], after[1], length, GRAIN, blockSums);
    grains.set(blockSums.subarray(0, SUMS * Math.ceil(length / GRAIN)), (SUMS * start) / GRAIN);
  }
  let [one, other, both] = [0, 0, 0];
  for (let k = 0; k < grains.length; k += SUMS) {
    one += grains[k] + grains[k + 1];
    other += grains[k + 3] + grains[k + 4];
    both += grains[k + 6];
  }
  return { incoming: one, outgoing: other, both, grains };
}

/** Room for a band's blend, and for the next one's after it. */
export interface BlendRoom {
  readonly band: Band;
  /** {@link IMAGE_SUMS} a grain of what is blended, of what it should be, and of what brings one to the other. */
  readonly given: KernelDoubles;
  readonly wanted: KernelDoubles;
  readonly matrices: KernelDoubles;
}

/** @param count frames of the crossfade */
export function blendRoom(workspace: KernelWorkspace, count: number, channelCount: number): BlendRoom {
  const grains = Math.ceil(count / GRAIN);
  const [given, wanted] = [0, 1].map(() => workspace.doubles(IMAGE_SUMS * (grains + 1)));
  return {
    band: [0, 1].map((c) => (c < channelCount ? workspace.floats(count) : null)),
    given,
    wanted,
    matrices: workspace.doubles(IMAGE_SUMS * grains),
  };
}

/**
 * Adds a band's blend to those of the bands before.
 * @param rising weight of the side that comes in, one a sample
 * @param correlation of the sides, by which they are levelled
 * @param sums of {@link sideSums}
 * @param channels added to
 * @param room for as many frames
 */
export function addBlend(
  sides: BandSides,
  rising: Float32Array,
  correlation: number,
  sums: SideSums,
  channels: readonly Float32Array[],
  { band, given, wanted, matrices }: BlendRoom,
): void {
  const count = rising.length;
  const grains = Math.ceil(count / GRAIN);
  blend(sides, rising, correlation, band, given);
  setWanted(sums.grains, rising, wanted);
  imageMatrices(given, wanted, channels.length > 1, matrices);
  for (let start = 0; start < count; start += BLOCK) {
    const length = Math.min(BLOCK, count - start);
    const [left, right] = partsFrom(band, start);
    kernels.turnByGrains(left, right, length, start / GRAIN, GRAIN, grains, matrices);
    for (const [c, channel] of channels.entries()) {
      loadOne(channel, start, length, added);
      kernels.addTo(added, c === 0 ? left : right, length);
      channel.set(added.subarray(0, length), start);
    }
  }
}

/** Both channels of a band; null for one that is not there. */
type Band = readonly (KernelFloats | null)[];

function partsFrom(band: Band, start: number): [left: KernelFloats, right: KernelFloats] {
  const [left, right] = band.map((channel) => (channel ? partOf(channel, start) : silent));
  return [left, right];
}

/** @param band filled, @param sums {@link IMAGE_SUMS} a grain, filled */
function blend(
  { incoming, outgoing }: BandSides,
  rising: Float32Array,
  correlation: number,
  band: Band,
  sums: KernelDoubles,
): void {
  const count = rising.length;
  for (let start = 0; start < count; start += BLOCK) {
    const length = Math.min(BLOCK, count - start);
    load(incoming, start, length, before);
    load(outgoing, start, length, after);
    loadOne(rising, start, length, risingBlock);
    levelCrossfade(risingBlock, correlation, levelling, length);
    const to = partsFrom(band, start);
    kernels.blendSides(...before, ...after, risingBlock, levelling, ...to, length, GRAIN, blockSums);
    sums.set(blockSums.subarray(0, IMAGE_SUMS * Math.ceil(length / GRAIN)), (IMAGE_SUMS * start) / GRAIN);
  }
}

/** What a blend should sum up to: what lies between its two sides at that moment. @param wanted filled */
function setWanted(grains: Float64Array, rising: Float32Array, wanted: KernelDoubles): void {
  for (
    let k = 0, at = 0, middle = GRAIN >> 1;
    k < grains.length;
    k += SUMS, at += IMAGE_SUMS, middle += GRAIN
  ) {
    const g = rising[Math.min(rising.length - 1, middle)];
    const share = (g * g) / (g * g + (1 - g) * (1 - g));
    for (let i = 0; i < IMAGE_SUMS; i++) {
      wanted[at + i] = share * grains[k + i] + (1 - share) * grains[k + IMAGE_SUMS + i];
    }
  }
}

function load(
  channels: readonly Float32Array[],
  start: number,
  count: number,
  to: readonly [KernelFloats, KernelFloats],
): void {
  for (const [c, block] of to.entries()) {
    if (c < channels.length) loadOne(channels[c], start, count, block);
    else block.fill(0, 0, count);
  }
}

/** Kernels take four at a time: zeros follow. */
function loadOne(samples: Float32Array, start: number, count: number, block: KernelFloats): void {
  block.set(samples.subarray(start, start + count));
  if (count < BLOCK) block.fill(0, count, count + 3);
}
