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
const BLOCK_FRAMES = 32768;

/** Decoded sound up to this many bytes stays in memory: three minutes of stereo at 44.1 kHz. */
const MEMORY_BYTES = 64 * 1024 * 1024;

/** Where blocks of planar samples are kept: all of one size, in order. */
interface BlockKeeper {
  append(block: Float32Array[]): Promise<void>;
  /** Samples [from, to) of one channel of a block. */
  load(block: number, channel: number, from: number, to: number): Promise<Float32Array>;
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
  const memory: Float32Array[][] = [];
  let keeper = memoryKeeper(memory);
  let frameCount = 0;
  try {
    for await (const block of regrouped(blocks, channelCount)) {
      frameCount += block.length;
      await keeper.append(block.channels);
      if (memory.length * BLOCK_FRAMES * channelCount * 4 > memoryBytes) {
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

/** Blocks of BLOCK_FRAMES each, the last one filled up with zeros; `length` tells how much of it is sound. */
async function* regrouped(
  blocks: AsyncIterable<readonly Float32Array[]>,
  channelCount: number,
): AsyncGenerator<{ channels: Float32Array[]; length: number }> {
  const fresh = () => Array.from({ length: channelCount }, () => new Float32Array(BLOCK_FRAMES));
  let channels = fresh();
  let filled = 0;
  for await (const block of blocks) {
    for (let taken = 0; taken < block[0].length; ) {
      const count = Math.min(BLOCK_FRAMES - filled, block[0].length - taken);
      channels.forEach((channel, index) => {
        channel.set(block[index].subarray(taken, taken + count), filled);
      });
      taken += count;
      filled += count;
      if (filled === BLOCK_FRAMES) {
        yield { channels, length: filled };
        channels = fresh();
        filled = 0;
      }
    }
  }
  if (filled > 0) yield { channels, length: filled };
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
    const to = Math.min(BLOCK_FRAMES, from + count - done);
    for (let channel = 0; channel < channelCount; channel++) {
      channels[channel].set(await keeper.load(block, channel, from, to), done);
    }
    done += to - from;
  }
  return channels;
}

function memoryKeeper(blocks: Float32Array[][]): BlockKeeper {
  return {
    append: async (block) => {
      blocks.push(block);
    },
    load: async (block, channel, from, to) => blocks[block][channel].subarray(from, to),
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
    async append(block) {
      for (const channel of block) {
        await writeAll(handle, new Uint8Array(channel.buffer), size).catch((cause) => {
          throw diskError(cause, 'write', path);
        });
        size += channel.byteLength;
      }
    },
    async load(block, channel, from, to) {
      const samples = new Float32Array(to - from);
      const position = ((block * channelCount + channel) * BLOCK_FRAMES + from) * 4;
      await handle.read(new Uint8Array(samples.buffer), 0, samples.byteLength, position).catch((cause) => {
        throw diskError(cause, 'read', path);
      });
      return samples;
    },
    close: () => handle.close(),
  };
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
