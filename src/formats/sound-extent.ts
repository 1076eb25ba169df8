import type { ByteReader } from './bytes.ts';
import { chunksFollow, type Span } from './chunks.ts';

/** A size a streaming writer leaves behind, or one that sends the reader to `ds64`. */
export const UNKNOWN_SIZE = 0xffffffff;

/** What sizes of 32 bits wrap round at. */
const WRAP = 2 ** 32;

/** Fewer bytes behind the sound than these are the rest of something (an ID3v1 tag has 128), and under 3 ms at CD rate. */
const LEAST_SOUND_BYTES = 512;

/** What is looked at to tell filler from sound: as many blocks, spread evenly. */
const BLOCKS = 64;
const BLOCK_BYTES = 4096;

/** How far the samples of a file reach, and how that agrees with what is stated. */
export interface SoundExtent {
  /** Bytes of samples. */
  readonly length: number;
  /**
   * `stated`: as long as the file says. `unstated`: it does not say. `short`: the file ends before. `wrapped`: longer
   * than 32 bits can state. `stale`: sound runs on behind the size that was stated.
   */
  readonly kind: 'stated' | 'unstated' | 'short' | 'wrapped' | 'stale';
}

/**
 * How far the samples that begin a chunk's body really reach. A stated size is believed where it leads to a chain of chunks,
 * to filler (zeros) or to the end of the file; bytes that are none of these are sound that was written
 * after the size was.
 */
export async function soundExtent(
  reader: ByteReader,
  { offset, size }: Span,
  littleEndian: boolean,
): Promise<SoundExtent> {
  const available = Math.max(0, reader.size - offset);
  const follow = (length: number) => chunksFollow(reader, offset + length, littleEndian);
  if (size === UNKNOWN_SIZE || (size === 0 && !(await follow(0)))) {
    return { length: available, kind: available > 0 ? 'unstated' : 'stated' };
  }
  if (size > available) return { length: available, kind: 'short' };
  if ((await follow(size)) || (size % 2 === 1 && (await follow(size + 1)))) {
    return { length: size, kind: 'stated' };
  }
  const wraps = Math.floor((available - size) / WRAP);
  if (wraps > 0) {
    const length = size + wraps * WRAP;
    return { length: (await follow(length)) ? length : available, kind: 'wrapped' };
  }
  if (await isFiller(reader, offset + size, littleEndian)) return { length: size, kind: 'stated' };
  return { length: available, kind: 'stale' };
}

/** Whether zeros stand from `at` to the end, or up to a chunk, or too few bytes to be sound. */
async function isFiller(reader: ByteReader, at: number, littleEndian: boolean): Promise<boolean> {
  const rest = reader.size - at;
  if (rest < LEAST_SOUND_BYTES) return true;
  const first = (await reader.read(at, BLOCK_BYTES)).findIndex((byte) => byte !== 0);
  if (first > 0 && (await chunksFollow(reader, at + first, littleEndian))) return true;
  return first < 0 && (await isEmpty(reader, at, rest));
}

/** Whether there are only zeros in a stretch, as far as blocks all over it tell; up to 256 KiB are read whole. */
export async function isEmpty(reader: ByteReader, at: number, length: number): Promise<boolean> {
  for await (const block of spreadBlocks(reader, at, length)) {
    if (block.some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** Blocks of 4 KiB spread evenly over a stretch, each at a multiple of `unit` bytes from its start; all of a short one. */
export async function* spreadBlocks(
  reader: ByteReader,
  at: number,
  length: number,
  unit = 1,
): AsyncGenerator<Uint8Array> {
  const count = Math.min(BLOCKS, Math.ceil(length / BLOCK_BYTES));
  const step = count > 1 ? (length - BLOCK_BYTES) / (count - 1) : 0;
  for (let index = 0; index < count; index++) {
    const start = Math.floor((index * step) / unit) * unit;
    yield await reader.read(at + start, Math.min(BLOCK_BYTES, length - start));
  }
}
