import { describe, expect, it } from 'vitest';
import { UnsupportedFormatError } from '../../src/errors.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { openMp3 } from '../../src/formats/mp3.ts';
import type { SoundBlock } from '../../src/formats/sound-stream.ts';
import { fixture, readBytes, signalToNoise, type WholeSound } from './reading.ts';

/** The fixtures before they were encoded: half a second of sines (fixtures/README.md). */
const tone = (amplitude: number, hertz: number) => (sampleRate: number) =>
  Float32Array.from(
    { length: sampleRate / 2 },
    (_, n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / sampleRate),
  );
const left = tone(0.4, 441);
const right = tone(0.3, 661.5);

const joined = (...names: string[]) => new Uint8Array(Buffer.concat(names.map(fixture)));

function slice({ channels }: WholeSound, start: number, end: number): Float32Array[] {
  return channels.map((channel) => channel.subarray(start, end));
}

async function blocksOf(bytes: Uint8Array): Promise<SoundBlock[]> {
  const blocks: SoundBlock[] = [];
  for await (const block of (await openMp3(byteReader('joined.mp3', bytes))).blocks) blocks.push(block);
  return blocks;
}

describe('files that were joined', () => {
  it('each keeps its own length, by its own tag', async () => {
    const sound = await readBytes(joined('tone.mp3', 'tone.mp3', 'tone.mp3'));
    expect(sound.warnings).toEqual([]);
    expect(sound.channels.map((channel) => channel.length)).toEqual([66_150, 66_150]);
    for (const start of [0, 22_050, 44_100]) {
      const heard = slice(sound, start, start + 22_050);
      expect(signalToNoise([left(44_100), right(44_100)], heard)).toBeGreaterThan(20);
    }
  });

  it('mono, then stereo: the right channel is heard', async () => {
    const sound = await readBytes(joined('tone-mono.mp3', 'tone.mp3'));
    expect(sound.channels.map((channel) => channel.length)).toEqual([44_100, 44_100]);
    const [first, second] = [slice(sound, 0, 22_050), slice(sound, 22_050, 44_100)];
    expect(signalToNoise([left(44_100), left(44_100)], first)).toBeGreaterThan(20);
    expect(signalToNoise([left(44_100), right(44_100)], second)).toBeGreaterThan(20);
  });

  it('stereo, then mono: alike in both channels', async () => {
    const sound = await readBytes(joined('tone.mp3', 'tone-mono.mp3'));
    expect(sound.channels.map((channel) => channel.length)).toEqual([44_100, 44_100]);
    const [first, second] = [slice(sound, 0, 22_050), slice(sound, 22_050, 44_100)];
    expect(signalToNoise([left(44_100), right(44_100)], first)).toBeGreaterThan(20);
    expect(signalToNoise([left(44_100), left(44_100)], second)).toBeGreaterThan(20);
  });

  it.each([
    ['tone.mp3', 'tone-22050.mp3', 44_100],
    ['tone-22050.mp3', 'tone.mp3', 22_050],
  ])('%s and %s: another rate is read on, and converted', async (one, other, sampleRate) => {
    const sound = await readBytes(joined(one, other));
    expect(sound.sampleRate).toBe(sampleRate);
    expect(sound.warnings).toEqual([]);
    expect(sound.channels.map((channel) => channel.length)).toEqual([sampleRate, sampleRate]);
    for (const start of [0, sampleRate / 2]) {
      const heard = slice(sound, start, start + sampleRate / 2);
      expect(signalToNoise([left(sampleRate), right(sampleRate)], heard)).toBeGreaterThan(20);
    }
  });

  it('one that is cut short is told of', async () => {
    const whole = joined('tone.mp3', 'tone.mp3');
    const sound = await readBytes(whole.subarray(0, whole.length - 6000), 'cut.mp3');
    expect(sound.warnings).toEqual([
      expect.stringMatching(/“cut\.mp3” is cut short: it holds 0\.\d\d of the/),
    ]);
  });
});

describe('frames that change, without a note of the encoder', () => {
  it('one decoder goes on: mono, then stereo', async () => {
    const bytes = joined('tone-mono-untagged.mp3', 'tone-untagged.mp3');
    const blocks = await blocksOf(bytes);
    const counts = blocks.map(({ channels }) => channels.length);
    expect(counts).toEqual([...counts].sort());
    const mono = blocks.filter(({ channels }) => channels.length === 1);
    // 21 frames each, of 1152 samples.
    expect(mono.reduce((sum, { channels }) => sum + channels[0].length, 0)).toBe(21 * 1152);
    const sound = await readBytes(bytes);
    const alone = await readBytes(fixture('tone-untagged.mp3'));
    expect(sound.channels[0]).toHaveLength(42 * 1152);
    // The first frame is blended with the last one of the mono part.
    const [heard, wanted] = [slice(sound, 22 * 1152, 42 * 1152), slice(alone, 1152, 21 * 1152)];
    expect(signalToNoise(wanted, heard)).toBeGreaterThan(100);
  });

  it.each([
    ['two channels', 3, 0xc0],
    ['another rate', 2, 0x04],
  ])('a damaged header that says %s changes nothing', async (_what, byte, mask) => {
    const bytes = fixture('tone-mono-untagged.mp3');
    const header = frameOffsets(bytes)[9];
    bytes[header + byte] ^= mask;
    const blocks = await blocksOf(bytes);
    expect(new Set(blocks.map(({ channels }) => channels.length))).toEqual(new Set([1]));
    expect(new Set(blocks.map(({ sampleRate }) => sampleRate))).toEqual(new Set([44_100]));
  });
});

/** Where the frames of a file of one bit rate begin: 64 kbit/s at 44.1 kHz. */
function frameOffsets(bytes: Uint8Array): number[] {
  const offsets: number[] = [];
  for (let at = 0; at < bytes.length; at += 208 + ((bytes[at + 2] >> 1) & 1)) offsets.push(at);
  return offsets;
}

describe('free format', () => {
  it('is refused by name', async () => {
    const reading = readBytes(fixture('tone-free.mp3'), 'free.mp3');
    await expect(reading).rejects.toThrow(UnsupportedFormatError);
    await expect(reading).rejects.toThrow(/“free\.mp3” is an MP3 in free format.*decode it to WAV/);
  });
});

describe('an MP3 in another container', () => {
  it('is not taken for a bare one', async () => {
    const matroska = new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, ...new Uint8Array(60), ...fixture('tone.mp3')]);
    await expect(readBytes(matroska, 'video')).rejects.toThrow('video was not recognised');
  });
});
