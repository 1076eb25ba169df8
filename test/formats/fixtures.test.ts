import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { identify } from '../../src/formats/identify.ts';
import { fixture, noise, readBytes, signalToNoise } from './reading.ts';

const FRAMES = 500;

describe('integer PCM is exact', () => {
  it.each([
    ['u8.wav', 8],
    ['s16.wav', 16],
    ['s24.wav', 24],
    ['s32.wav', 32],
    ['s24-extensible.wav', 24],
    ['s16-rf64.wav', 16],
    ['s16-rifx.wav', 16],
    ['s8.aiff', 8],
    ['s16.aiff', 16],
    ['s24.aiff', 24],
    ['s32.aiff', 32],
    ['s16-sowt.aifc', 16],
    ['f32.wav', 24],
    ['f64.wav', 24],
    ['f32.aifc', 24],
    ['f64.aifc', 24],
  ])('%s', async (name, bits) => {
    const sound = await readBytes(fixture(name));
    expect(sound.sampleRate).toBe(44_100);
    expect(sound.warnings).toEqual([]);
    expect(sound.channels).toEqual(noise(FRAMES, bits));
  });
});

describe('FLAC is exact', () => {
  it.each([
    ['s16.flac', 16, 3000],
    ['s24.flac', 24, 3000],
    ['s16.oga', 16, FRAMES],
  ])('%s', async (name, bits, frames) => {
    const sound = await readBytes(fixture(name));
    expect(sound.sampleRate).toBe(44_100);
    expect(sound.warnings).toEqual([]);
    // −0 is as good as 0.
    const samples = sound.channels.map((channel) => channel.map((sample) => sample + 0));
    expect(samples).toEqual(noise(frames, bits));
  });
});

describe('G.711', () => {
  const codes = (channels: readonly Float32Array[], code: number) =>
    channels[code % 2][Math.floor(code / 2)] * 32768;

  it('expands A-law as the standard says', async () => {
    const { channels } = await readBytes(fixture('alaw.wav'));
    expect([0x55, 0xd5, 0x2a, 0xaa, 0x54].map((code) => codes(channels, code))).toEqual([
      -8, 8, -32256, 32256, -24,
    ]);
  });

  it('expands µ-law as the standard says', async () => {
    const { channels } = await readBytes(fixture('ulaw.wav'));
    expect([0x7f, 0xff, 0x00, 0x80, 0xfe].map((code) => codes(channels, code) + 0)).toEqual([
      0, 0, -32124, 32124, 8,
    ]);
  });
});

describe('lossy formats keep length and sound', () => {
  it.each([
    ['tone.mp3', 44_100, 22_050, 20],
    ['tone.ogg', 44_100, 22_050, 20],
    ['tone.opus', 48_000, 24_000, 20],
  ])('%s', async (name, sampleRate, frames, leastDb) => {
    const sound = await readBytes(fixture(name));
    expect(sound.warnings).toEqual([]);
    expect(sound.sampleRate).toBe(sampleRate);
    expect(sound.channels.map((channel) => channel.length)).toEqual([frames, frames]);
    const tone = [
      [0.4, 441],
      [0.3, 661.5],
    ].map(([amplitude, frequency]) =>
      Float32Array.from(
        { length: frames },
        (_, n) => amplitude * Math.sin((2 * Math.PI * frequency * n) / sampleRate),
      ),
    );
    // A delay of even ten samples would leave less than 10 dB.
    expect(signalToNoise(tone, sound.channels)).toBeGreaterThan(leastDb);
  });
});

describe('identify', () => {
  it.each([
    ['s16.wav', 'wav'],
    ['s16-rf64.wav', 'wav'],
    ['s16-rifx.wav', 'wav'],
    ['s16.aiff', 'aiff'],
    ['f32.aifc', 'aiff'],
    ['s16.flac', 'flac'],
    ['s16.oga', 'ogg-flac'],
    ['tone.mp3', 'mp3'],
    ['tone.ogg', 'vorbis'],
    ['tone.opus', 'opus'],
    ['README.md', null],
  ])('%s → %s, whatever its name', async (name, format) => {
    expect((await identify(byteReader('misnamed.txt', fixture(name))))?.format ?? null).toBe(format);
  });

  it('looks behind an ID3 tag', async () => {
    const tag = new Uint8Array(10 + 300);
    tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 300 >> 7, 300 & 127]);
    for (const [name, format] of [
      ['s16.flac', 'flac'],
      ['tone.mp3', 'mp3'],
    ]) {
      const bytes = new Uint8Array([...tag, ...fixture(name)]);
      expect((await identify(byteReader(name, bytes)))?.format).toBe(format);
      expect((await readBytes(bytes)).channels).toEqual((await readBytes(fixture(name))).channels);
    }
  });
});
