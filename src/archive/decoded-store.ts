import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { assertRange, type SoundReader } from '../dsp/sound.ts';
import { diskError } from './disk-errors.ts';

/** A decoded sound that is read by ranges, and what it takes to let it go. */
export interface DecodedStore extends SoundReader {
  close(): Promise<void>;
}

/** Frames of a block: long enough that a read is few system calls, short enough to waste little at its ends. */
const BLOCK_FRAMES = 65536;

/** Decoded sound up to this many bytes stays in memory: three minutes of stereo at 44.1 kHz. */
const MEMORY_BYTES = 64 * 1024 * 1024;

/** Where blocks are kept: all of one size, in order. A block is its channels, one after the other. */
interface BlockKeeper {
  append(block: Float32Array): Promise<void>;
  /** Whether an appended block may be filled anew. */
  readonly copies: boolean;
  /** Fills `samples` with those of one channel of a block, from the given one on. */
  load(block: number, channel: number, from: number, samples: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps a decoded stream for reading by ranges: in memory as long as it is short, otherwise in a temporary file
 * of raw float32 blocks. The file has no name on the disk from its first moment, so it goes with its
 * handle, however the process ends.
 *
 * @param blocks planar blocks of any length, walked once
 * @throws DiskFullError, NotAllowedError, FileSystemError when the temporary folder refuses
 */
export async function keepDecoded(
  blocks: AsyncIterable<readonly Float32Array[]>,
  sampleRate: number,
  channelCount: number,
  memoryBytes = MEMORY_BYTES,
): Promise<DecodedStore> {
  const memory: Float32Array[] = [];
  let keeper = memoryKeeper(memory);
  let frameCount = 0;
  try {
    for await (const { block, length } of regrouped(blocks, channelCount, () => keeper.copies)) {
      frameCount += length;
      await keeper.append(block);
      if (memory.length * block.byteLength > memoryBytes) {
        keeper = await fileKeeper(channelCount);
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
    read: async (start, count) => {
      assertRange(start, count, frameCount);
      return { sampleRate, channels: await readRange(keeper, channelCount, start, count) };
    },
    close: () => keeper.close(),
  };
}

/**
 * Blocks of BLOCK_FRAMES each, the last one filled up; `length` tells how much of it is sound.
 * @param mayReuse asked for each block once it was taken: whether it may be filled anew
 */
async function* regrouped(
  blocks: AsyncIterable<readonly Float32Array[]>,
  channelCount: number,
  mayReuse: () => boolean,
): AsyncGenerator<{ block: Float32Array; length: number }> {
  let block = new Float32Array(channelCount * BLOCK_FRAMES);
  let length = 0;
  for await (const channels of blocks) {
    for (let taken = 0; taken < channels[0].length; ) {
      const count = Math.min(BLOCK_FRAMES - length, channels[0].length - taken);
      for (let channel = 0; channel < channelCount; channel++) {
        block.set(channels[channel].subarray(taken, taken + count), channel * BLOCK_FRAMES + length);
      }
      taken += count;
      length += count;
      if (length === BLOCK_FRAMES) {
        yield { block, length };
        if (!mayReuse()) block = new Float32Array(channelCount * BLOCK_FRAMES);
        length = 0;
      }
    }
  }
  if (length > 0) yield { block, length };
}

async function readRange(
  keeper: BlockKeeper,
  channelCount: number,
  start: number,
  count: number,
): Promise<Float32Array[]> {
  const channels = Array.from({ length: channelCount }, () => new Float32Array(count));
  for (let done = 0; done < count; ) {
    const block = Math.floor((start + done) / BLOCK_FRAMES);
    const from = (start + done) % BLOCK_FRAMES;
    const end = Math.min(count, done + BLOCK_FRAMES - from);
    for (let channel = 0; channel < channelCount; channel++) {
      await keeper.load(block, channel, from, channels[channel].subarray(done, end));
    }
    done = end;
  }
  return channels;
}

function memoryKeeper(blocks: Float32Array[]): BlockKeeper {
  return {
    copies: false,
    append: async (block) => {
      blocks.push(block);
    },
    load: async (block, channel, from, samples) => {
      const first = channel * BLOCK_FRAMES + from;
      samples.set(blocks[block].subarray(first, first + samples.length));
    },
    close: async () => {
      blocks.length = 0;
    },
  };
}

let spooled = 0;

async function fileKeeper(channelCount: number): Promise<BlockKeeper> {
  const path = join(tmpdir(), `afterglow-${process.pid}-${threadId}-${spooled++}.f32`);
  const handle = await openNameless(path);
  let size = 0;
  return {
    copies: true,
    async append(block) {
      await writeAll(handle, bytesOf(block), size).catch((cause) => {
        throw diskError(cause, 'write', path);
      });
      size += block.byteLength;
    },
    async load(block, channel, from, samples) {
      const position = ((block * channelCount + channel) * BLOCK_FRAMES + from) * 4;
      await handle.read(bytesOf(samples), 0, samples.byteLength, position).catch((cause) => {
        throw diskError(cause, 'read', path);
      });
    },
    close: () => handle.close(),
  };
}

function bytesOf(samples: Float32Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

async function openNameless(path: string): Promise<FileHandle> {
  const refuse = (cause: unknown): never => {
    throw diskError(cause, 'write', path);
  };
  const handle = await open(path, 'wx+', 0o600).catch(refuse);
  try {
    await rm(path);
  } catch (cause) {
    await handle.close();
    // A system that removes no open file removes a closed one.
    await rm(path, { force: true }).catch(() => undefined);
    refuse(cause);
  }
  return handle;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}
