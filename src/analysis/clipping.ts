import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import type { SoundReader } from '../dsp/sound.ts';

/** Converters and encoders that clip stop a hair under full scale: -0.009 dB. */
const CLIP_LEVEL = 0.999;
/**
 * Floats that go above full scale may go on as they like, so only a flat top is clipping there: as many equal samples, at
 * full scale or at the extreme. A pair may stand on either side of a smooth peak; three do not, at 24 bits and
 * 20 Hz and more.
 */
const FLAT_TOP = 3;
/** Samples looked through at a time. */
const BLOCK = 4096;

const own = new KernelWorkspace();
const block = own.floats(BLOCK);

export interface ClippingMeter {
  /** Frames in order, those of one call after those of the last. */
  add(channels: readonly Float32Array[]): void;
  /**
   * Clipped samples of each cell, all channels together, at the rate of the cells; and the largest sample where that
   * is above full scale, else 1.
   */
  finish(): { readonly clipped: Uint16Array; readonly ceiling: number };
}

/**
 * Counts samples that clip: in runs of two or more neighbours at full scale, or, in a channel that goes above it, in flat
 * tops.
 * @param framesPerCell of the source, which may have another rate than the cells
 * @param hop samples a cell, at the rate of the cells
 */
export function createClippingMeter(
  channelCount: number,
  cellCount: number,
  framesPerCell: number,
  hop: number,
): ClippingMeter {
  const counts = new Float64Array(cellCount);
  const cellOf = (frame: number) => Math.min(cellCount - 1, Math.floor(frame / framesPerCell));
  const followers = Array.from({ length: channelCount }, () => followChannel(counts, cellOf));
  let frames = 0;
  return {
    add(channels) {
      channels.forEach((channel, c) => {
        followers[c].addSamples(channel, frames);
      });
      frames += channels[0].length;
    },
    finish() {
      const ceiling = Math.max(...followers.map((follower) => follower.finish()));
      const clipped = new Uint16Array(cellCount);
      for (let cell = 0; cell < cellCount; cell++) {
        if (counts[cell] > 0) clipped[cell] = Math.ceil((counts[cell] * hop) / framesPerCell);
      }
      return { clipped, ceiling };
    },
  };
}

/** One channel. @param counts of clipped samples by cell, added to */
function followChannel(counts: Float64Array, cellOf: (frame: number) => number) {
  const runs = new Map<number, number>();
  const flatAtFullScale = new Map<number, number>();
  const tops = [createTop(), createTop()];
  let atFullScale = 0;
  let equal = 0;
  let last = 0;

  function addSamples(samples: Float32Array, first: number): void {
    for (let start = 0; start < samples.length; start += BLOCK) {
      const part = samples.subarray(start, start + BLOCK);
      block.set(part);
      addBlock(part, first + start);
    }
  }

  /** Most sound comes nowhere near full scale, and is passed over. @param part what the block holds */
  function addBlock(part: Float32Array, first: number): void {
    for (let n = 0; n < part.length; ) {
      if (Math.abs(part[n]) < CLIP_LEVEL) {
        atFullScale = 0;
        last = 0;
        n = kernels.firstReaching(block, n, part.length, CLIP_LEVEL);
      } else {
        follow(part[n], first + n);
        n++;
      }
    }
  }

  function follow(sample: number, frame: number): void {
    const size = Math.abs(sample);
    const cell = cellOf(frame);
    equal = sample === last ? equal + 1 : 1;
    last = sample;
    if (size > 1) {
      atFullScale = 0;
      tops[sample > 0 ? 1 : 0].reach(size, cell, equal);
      return;
    }
    atFullScale = size >= CLIP_LEVEL ? atFullScale + 1 : 0;
    if (atFullScale === 2) add(runs, cellOf(frame - 1), 1);
    if (atFullScale >= 2) add(runs, cell, 1);
    if (atFullScale > 0) addFlat(flatAtFullScale, cell, equal);
  }

  /** The channel's ceiling. */
  function finish(): number {
    const ceiling = Math.max(...tops.map((top) => top.level()));
    const found = ceiling > 1 ? [flatAtFullScale, ...tops.map((top) => top.flat)] : [runs];
    for (const cells of found) for (const [cell, samples] of cells) counts[cell] += samples;
    return ceiling;
  }

  return { addSamples, finish };
}

function add(cells: Map<number, number>, cell: number, samples: number): void {
  cells.set(cell, (cells.get(cell) ?? 0) + samples);
}

/** @param equal samples up to this one that are the same; the first of a top count where it is said to be one */
function addFlat(cells: Map<number, number>, cell: number, equal: number): void {
  if (equal >= FLAT_TOP) add(cells, cell, equal === FLAT_TOP ? FLAT_TOP : 1);
}

/** Where a channel is flat at its extreme on one side, by cell; what was flat under a higher sample is forgotten. */
function createTop() {
  const flat = new Map<number, number>();
  let level = 1;
  return {
    flat,
    level: () => level,
    reach(size: number, cell: number, equal: number): void {
      if (size > level) {
        level = size;
        flat.clear();
      }
      if (size === level) addFlat(flat, cell, equal);
    },
  };
}

/**
 * A reader that reports what is read through it, each frame once and in order, as long as ranges leave no gap.
 * @param give gets the frames that were not read before
 */
export function tapped(reader: SoundReader, give: (channels: readonly Float32Array[]) => void): SoundReader {
  let given = 0;
  return {
    sampleRate: reader.sampleRate,
    channelCount: reader.channelCount,
    frameCount: reader.frameCount,
    async read(start, count, lender) {
      const sound = await reader.read(start, count, lender);
      if (start + count > given) {
        give(sound.channels.map((channel) => channel.subarray(Math.max(0, given - start))));
        given = start + count;
      }
      return sound;
    },
  };
}
