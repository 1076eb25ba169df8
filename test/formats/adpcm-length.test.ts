import { describe, expect, it } from 'vitest';
import { adpcmSoundLength } from '../../src/formats/adpcm-length.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { riffChunk, writtenWav } from './written.ts';

const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

/** IMA ADPCM, mono: blocks of 256 bytes, each 505 frames. */
function adpcm(frames: number, { blocks = 3, tag = 0x11, fact = riffChunk('fact', words(frames)) } = {}) {
  const extra = [2, 0, 505 & 255, 505 >> 8];
  const data = new Uint8Array(256 * blocks);
  return writtenWav({ tag, channelCount: 1, bits: 4, blockAlign: 256, extra, front: fact, data });
}
const lengthOf = (bytes: Uint8Array) => adpcmSoundLength(byteReader('a.wav', bytes));

describe('the length of an ADPCM WAV', () => {
  it.each([1011, 1200, 1515])('is what fact says, in the last block: %i', async (frames) => {
    expect(await lengthOf(adpcm(frames))).toBe(frames);
  });
  it.each([0, 1010, 1516, 2_000_000_000])('is not stated by a number outside of it: %i', async (frames) => {
    expect(await lengthOf(adpcm(frames))).toBeNull();
  });
  it('counts a last block that was begun', async () => {
    const begun = adpcm(1200, { blocks: 2 });
    const whole = Buffer.concat([begun, new Uint8Array(100)]);
    whole.writeUInt32LE(612, whole.indexOf('data') + 4);
    expect(await lengthOf(whole)).toBe(1200);
  });
  it('is unknown without fact, and of other codecs', async () => {
    expect(await lengthOf(adpcm(0, { fact: new Uint8Array() }))).toBeNull();
    expect(await lengthOf(adpcm(1200, { tag: 0x55 }))).toBeNull();
    expect(await lengthOf(adpcm(1200).slice(0, 20))).toBeNull();
  });
});
