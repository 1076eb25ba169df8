import { FRESH } from '../dsp/rooms.ts';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import { FileSystemError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { diskError } from './disk-errors.ts';

/** A decoded sound that is read by ranges, and what it takes to let it go. */
export interface DecodedStore extends SoundReader {
  close(): Promise<void>;
}

/** Frames of a block: long enough that a read is few system calls, short enough to waste little at its ends. */
const BLOCK_FRAMES = 65536;

/** Decoded sound up to this many bytes stays in memory: three minutes of stereo at 44.1 kHz. */
const MEMORY_BYTES = 64 * 1024 * 1024;

/** BLOCK_FRAMES of one channel. */
type Plane = Float32Array;

/** Where planes are kept, in order. */
interface PlaneKeeper {
  append(plane: Plane): Promise<void>;
  /** Whether an appended plane may be filled again. */
  readonly copies: boolean;
  /** Fills `samples` with those of a plane, from the given one on. */
  load(plane: number, from: number, samples: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps a decoded stream for reading by ranges: in memory as long as it is short, otherwise in a temporary file
 * of raw float32 planes, which goes with the process, however that ends.
 *
 * The sound has as many channels as its widest block. A block of one channel is heard on all of them, and is kept but
 * once: what is mono up to its last minute takes no more room than that minute adds.
 *
 * @param blocks planar blocks of any length, of one channel or of as many as the others; walked once
 * @throws DiskFullError, NotAllowedError, FileSystemError when the temporary folder cannot be written
 */
export async function keepDecoded(
  platform: Platform,
  blocks: AsyncIterable<readonly Float32Array[]>,
  sampleRate: number,
  memoryBytes = MEMORY_BYTES,
): Promise<DecodedStore> {
  const memory: Plane[] = [];
  let keeper = memoryKeeper(memory);
  /** The first plane of each block, and then the number of all. */
  const firstPlanes = [0];
  let frameCount = 0;
  let channelCount = 1;
  try {
    for await (const { planes, length } of regrouped(blocks, () => keeper.copies)) {
      frameCount += length;
      channelCount = Math.max(channelCount, planes.length);
      firstPlanes.push(firstPlanes[firstPlanes.length - 1] + planes.length);
      for (const plane of planes) await keeper.append(plane);
      if (memory.length * BLOCK_FRAMES * 4 > memoryBytes) {
        keeper = await fileKeeper(platform);
        for (const kept of memory.splice(0)) await keeper.append(kept);
      }
    }
  } catch (error) {
    await keeper.close();
    throw error;
  }
  return {
    sampleRate,
    channelCount,
    frameCount,
    read: async (start, count, lender = FRESH) => {
      assertRange(start, count, frameCount);
      const channels = Array.from({ length: channelCount }, () => lender.floats(count));
      await readRange(keeper, firstPlanes, start, channels);
      return { sampleRate, channels };
    },
    close: () => keeper.close(),
  };
}

/**
 * Blocks of BLOCK_FRAMES each, the last one filled up; `length` tells how much of it is sound.
 * @param mayReuse asked for each block once it was taken: whether its planes may be filled again
 */
async function* regrouped(
  blocks: AsyncIterable<readonly Float32Array[]>,
  mayReuse: () => boolean,
): AsyncGenerator<{ planes: Plane[]; length: number }> {
  let planes: Plane[] = [];
  let spare: Plane[] = [];
  let length = 0;
  const nextPlane = () => spare.pop() ?? new Float32Array(BLOCK_FRAMES);
  for await (const channels of blocks) {
    for (let taken = 0; taken < channels[0].length; ) {
      const count = Math.min(BLOCK_FRAMES - length, channels[0].length - taken);
      while (planes.length < channels.length) {
        const plane = nextPlane();
        // What was mono up to here is heard on this channel too.
        if (length > 0) plane.set(planes[0].subarray(0, length));
        planes.push(plane);
      }
      planes.forEach((plane, index) => {
        plane.set((channels[index] ?? channels[0]).subarray(taken, taken + count), length);
      });
      taken += count;
      length += count;
      if (length === BLOCK_FRAMES) {
        yield { planes, length };
        spare = mayReuse() ? planes : [];
        planes = [];
        length = 0;
      }
    }
  }
  if (length > 0) yield { planes, length };
}

/** Fills channels with what is kept from a frame on. */
async function readRange(
  keeper: PlaneKeeper,
  firstPlanes: readonly number[],
  start: number,
  channels: readonly Float32Array[],
): Promise<void> {
  const count = channels[0].length;
  for (let done = 0; done < count; ) {
    const block = Math.floor((start + done) / BLOCK_FRAMES);
    const from = (start + done) % BLOCK_FRAMES;
    const end = Math.min(count, done + BLOCK_FRAMES - from);
    const isMono = firstPlanes[block + 1] - firstPlanes[block] === 1;
    for (const [c, channel] of channels.entries()) {
      const plane = firstPlanes[block] + (isMono ? 0 : c);
      await keeper.load(plane, from, channel.subarray(done, end));
    }
    done = end;
  }
}

function memoryKeeper(planes: Plane[]): PlaneKeeper {
  return {
    copies: false,
    append: async (plane) => {
      planes.push(plane);
    },
    load: async (plane, from, samples) => {
      samples.set(planes[plane].subarray(from, from + samples.length));
    },
    close: async () => {
      planes.length = 0;
    },
  };
}

async function fileKeeper({ files }: Platform): Promise<PlaneKeeper> {
  const file = await files.scratch().catch((cause) => {
    throw diskError(cause, 'write', 'a temporary file');
  });
  return {
    copies: true,
    append: (plane) =>
      file.append(bytesOf(plane)).catch((cause) => {
        throw diskError(cause, 'write', file.name);
      }),
    async load(plane, from, samples) {
      const start = (plane * BLOCK_FRAMES + from) * 4;
      const count = await file.read(bytesOf(samples), start).catch((cause) => {
        throw diskError(cause, 'read', file.name);
      });
      if (count === samples.byteLength) return;
      throw new FileSystemError(
        `“${file.name}” ends early: it was cut off while a sound lay in it; check the disk.`,
        { context: { path: file.name } },
      );
    },
    close: () => file.close(),
  };
}

function bytesOf(samples: Float32Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
