/** Files that ffmpeg and sox make on the spot, read by us and by ffmpeg: every encoding, depth and channel count. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTool } from '../tools.ts';
import { ffmpegDecode, noiseIntegers, readBytes, run, signalToNoise } from './reading.ts';

const FRAMES = 4000;
const folder = mkdtempSync(join(tmpdir(), 'afterglow-formats-'));
const noisePath = (channelCount: number) => join(folder, `noise-${channelCount}.raw`);
const CHANNEL_COUNTS = [1, 2, 6];

beforeAll(() => {
  for (const channelCount of CHANNEL_COUNTS) {
    writeFileSync(noisePath(channelCount), noiseIntegers(FRAMES * channelCount, 32));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function rawInput(channelCount: number, rate = 44_100): string[] {
  return ['-f', 's32le', '-ar', `${rate}`, '-ac', `${channelCount}`, '-i', noisePath(channelCount)];
}

/** Codec arguments and file name of each lossless kind that ffmpeg writes. */
const LOSSLESS: [string, string[]][] = [
  ...['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw'].map(
    (codec): [string, string[]] => [`${codec}.wav`, ['-c:a', codec]],
  ),
  ...['pcm_s8', 'pcm_s16be', 'pcm_s24be', 'pcm_s32be', 'pcm_f32be', 'pcm_f64be', 'pcm_s16le'].map(
    (codec): [string, string[]] => [`${codec}.aiff`, ['-c:a', codec]],
  ),
  ...['pcm_alaw', 'pcm_mulaw'].map((codec): [string, string[]] => [`${codec}.aiff`, ['-c:a', codec]]),
  ['rf64.wav', ['-c:a', 'pcm_s24le', '-rf64', 'always']],
  ['s16.flac', ['-c:a', 'flac', '-sample_fmt', 's16']],
  ['s24.flac', ['-c:a', 'flac', '-sample_fmt', 's32']],
  ['s16.oga', ['-c:a', 'flac', '-sample_fmt', 's16']],
];

describe.skipIf(!hasTool('ffmpeg'))('lossless files of ffmpeg', () => {
  for (const channelCount of CHANNEL_COUNTS) {
    it.each(LOSSLESS)(`%s, ${channelCount} channels`, async (name, codec) => {
      const path = join(folder, `${channelCount}-${name}`);
      run('ffmpeg', ['-v', 'error', '-y', ...rawInput(channelCount), ...codec, path]);
      const { channels, warnings } = await readBytes(new Uint8Array(readFileSync(path)), path);
      expect(warnings).toEqual([]);
      expect(channels).toHaveLength(channelCount);
      // Equal to the last bit, but for the sign of zero.
      expect(signalToNoise(ffmpegDecode(path, channelCount), channels)).toBe(Number.POSITIVE_INFINITY);
      expect(channels[0]).toHaveLength(FRAMES);
    });
  }
});

describe.skipIf(!hasTool('sox') || !hasTool('ffmpeg'))('lossless files of sox', () => {
  const kinds: [string, string[]][] = [
    ...[16, 24, 32].flatMap((bits): [string, string[]][] => [
      [`s${bits}.wav`, ['-b', `${bits}`, '-e', 'signed']],
      [`s${bits}-big.wav`, ['-b', `${bits}`, '-e', 'signed', '-B']],
      [`s${bits}.aiff`, ['-b', `${bits}`]],
      [`s${bits}.aifc`, ['-b', `${bits}`]],
    ]),
    ['s16.flac', ['-b', '16']],
    ['s24-hard.flac', ['-b', '24', '-C', '8']],
    ['s8.flac', ['-b', '8']],
    ['u8.wav', ['-b', '8']],
    ['f32.wav', ['-b', '32', '-e', 'float']],
    ['f64.wav', ['-b', '64', '-e', 'float']],
    ['alaw.wav', ['-e', 'a-law']],
    ['ulaw.wav', ['-e', 'u-law']],
  ];
  it.each(kinds)('%s', async (name, encoding) => {
    const path = join(folder, `sox-${name}`);
    const raw = ['-t', 's32', '-r', '48000', '-c', '2', noisePath(2)];
    run('sox', ['-D', '-v', '0.9', ...raw, ...encoding, path]);
    const { channels, sampleRate, warnings } = await readBytes(new Uint8Array(readFileSync(path)), path);
    expect([sampleRate, channels.length, warnings]).toEqual([48_000, 2, []]);
    // ffmpeg does not read big-endian WAV.
    const wanted = name.includes('big') ? soxDecode(path) : ffmpegDecode(path, 2);
    expect(signalToNoise(wanted, channels)).toBe(Number.POSITIVE_INFINITY);
    expect(channels[0]).toHaveLength(FRAMES);
  });
});

/** A stereo file as sox decodes it. */
function soxDecode(path: string): Float32Array[] {
  const bytes = new Uint8Array(run('sox', [path, '-t', 's32', '-L', '-']));
  const integers = new Int32Array(bytes.buffer);
  return [0, 1].map((channel) =>
    Float32Array.from({ length: integers.length / 2 }, (_, frame) => integers[frame * 2 + channel] / 2 ** 31),
  );
}

describe.skipIf(!hasTool('ffmpeg'))('lossy files of ffmpeg', () => {
  it.each([
    // Opus of a random phase decodes a little differently in floating point; the others agree to 24 bits and more.
    ['128k.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k'], 44_100, 100],
    ['vbr.mp3', ['-c:a', 'libmp3lame', '-q:a', '2'], 44_100, 100],
    ['mpeg2.mp3', ['-c:a', 'libmp3lame', '-ar', '22050'], 22_050, 100],
    ['v.ogg', ['-c:a', 'libvorbis', '-q:a', '6'], 44_100, 100],
    ['o.opus', ['-c:a', 'libopus', '-b:a', '128k'], 48_000, 60],
  ])('%s: the length of ffmpeg, and its sound', async (name, codec, rate, leastDb) => {
    for (const channelCount of [1, 2]) {
      const path = join(folder, `${channelCount}-${name}`);
      const volume = ['-af', 'volume=0.3,aloop=loop=20:size=4000'];
      run('ffmpeg', ['-v', 'error', '-y', ...rawInput(channelCount), ...volume, ...codec, path]);
      const sound = await readBytes(new Uint8Array(readFileSync(path)), path);
      const wanted = ffmpegDecode(path, channelCount);
      expect([sound.sampleRate, sound.channels.length, sound.warnings]).toEqual([rate, channelCount, []]);
      expect(sound.channels[0]).toHaveLength(wanted[0].length);
      expect(signalToNoise(wanted, sound.channels)).toBeGreaterThan(leastDb);
    }
  });
});
