/** FLAC files that lead a reader on: what is read, kept and tried of them has an end. */
import { describe, expect, it, vi } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { crc8, crc16 } from '../../src/formats/flac-checksums.ts';
import type { FrameCheck } from '../../src/formats/flac-frame-end.ts';
import { flacFrames } from '../../src/formats/flac-frames.ts';
import { readFlacInfo } from '../../src/formats/flac-info.ts';
import { behindTags } from '../../src/formats/tags.ts';
import { fixture } from './reading.ts';

const WHOLE = fixture('s16.flac');
/** `fLaC` and STREAMINFO, as the only block. */
const HEAD = WHOLE.slice(0, 42);
HEAD[4] |= 0x80;

/** A header of a mono frame of 16 bits, and what brings the sum to 0. @param sizeCode 12 is 4096 samples, 15 is 32,768 */
function falseFrame(sizeCode: number): Uint8Array {
  const bytes = new Uint8Array([0xff, 0xf8, (sizeCode << 4) | 9, 8, 0, 0, 0, 0]);
  bytes[5] = crc8(bytes, 0, 5);
  const sum = crc16(bytes, 0, 6);
  bytes.set([sum >> 8, sum & 255], 6);
  return bytes;
}

/** The head and so many bytes `filler`, with parts at their places behind the head. */
function file(
  length: number,
  filler: number,
  ...parts: readonly [at: number, part: Uint8Array][]
): Uint8Array {
  const bytes = new Uint8Array(HEAD.length + length).fill(filler);
  bytes.set(HEAD);
  for (const [at, part] of parts) bytes.set(part, HEAD.length + at);
  return bytes;
}

/** Walks a file whose frames are none, and tells how long the pieces were that were tried, and how far was read before. */
async function tried(bytes: Uint8Array) {
  const reader = byteReader('led on.flac', bytes);
  const reads = vi.spyOn(reader, 'read');
  const lengths: number[] = [];
  let readBefore = 0;
  const isSound: FrameCheck = async (data) => {
    if (lengths.length === 0) readBefore = Math.max(...reads.mock.calls.map(([at, length]) => at + length));
    lengths.push(data.length);
    return false;
  };
  const info = await readFlacInfo(reader);
  for await (const _ of flacFrames(reader, info, isSound, { brokenSec: 0 }));
  return { lengths, readBefore };
}

describe('a false header', () => {
  it('is followed no further than the longest frame it can begin', async () => {
    const longest = Math.ceil((4096 * 17) / 8) + 256;
    // A sum that is 0 within that, and again behind it.
    const again = (end: number) => {
      const bytes = file(5_000_000, 0x13, [0, falseFrame(12)]);
      const sum = crc16(bytes, HEAD.length, HEAD.length + end);
      bytes.set([sum >> 8, sum & 255], HEAD.length + end);
      return bytes;
    };
    const near = await tried(again(longest - 2));
    expect(near.lengths).toEqual([8, longest]);
    expect(near.readBefore).toBeLessThan(2_000_000);
    expect((await tried(again(longest - 1))).lengths).toEqual([8]);
  });

  it('that zeros follow is tried some times, and not at each of them', async () => {
    const { lengths } = await tried(file(20_000, 0, [0, falseFrame(15)]));
    expect(lengths).toHaveLength(64);
  });

  it('and hundreds of them are tried no more than a file is worth', async () => {
    const unit = 100;
    const parts = Array.from({ length: 300 }, (_, k): [number, Uint8Array] => [k * unit, falseFrame(12)]);
    // What is no zero parts them, or one would be whole where the next begins.
    const parted = parts.map(([at]): [number, Uint8Array] => [at + unit - 3, Uint8Array.of(1, 2, 3)]);
    const { lengths } = await tried(file(300 * unit, 0, ...parts, ...parted));
    expect(lengths).toHaveLength(1024);
  });
});

describe('what stands in front of the frames', () => {
  async function readsOf(
    bytes: Uint8Array,
    read: (reader: ReturnType<typeof byteReader>) => Promise<unknown>,
  ) {
    const reader = byteReader('led on.flac', bytes);
    const reads = vi.spyOn(reader, 'read');
    await read(reader);
    return reads.mock.calls.length;
  }

  it('is no chain of empty blocks to the end of a file that was never filled in', async () => {
    const bytes = file(1_000_000, 0);
    bytes[4] = 0;
    expect(await readsOf(bytes, readFlacInfo)).toBeLessThan(5000);
  });

  it('nor one of tags', async () => {
    const bytes = new Uint8Array(1_000_000);
    for (let at = 0; at < bytes.length; at += 128) bytes.set([0x54, 0x41, 0x47], at);
    expect(await readsOf(bytes, (reader) => behindTags(reader, 0))).toBeLessThan(100);
  });
});
