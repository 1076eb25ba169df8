/** What the tests of the readers share: fixtures, the numbers in them, and whole-file reading of any format. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readAiffHeader } from '../../src/formats/aiff-header.ts';
import { type ByteReader, byteReader } from '../../src/formats/bytes.ts';
import { openFlac } from '../../src/formats/flac.ts';
import { identify } from '../../src/formats/identify.ts';
import { joinBlocks } from '../../src/formats/join-blocks.ts';
import { openMp3 } from '../../src/formats/mp3.ts';
import { openOgg } from '../../src/formats/ogg.ts';
import { decodePcm } from '../../src/formats/pcm.ts';
import { bytesPerFrame } from '../../src/formats/pcm-layout.ts';
import type { SoundBlock } from '../../src/formats/sound-stream.ts';
import { readWavHeader } from '../../src/formats/wav-header.ts';
import { filled } from '../signals.ts';

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** The integers of the noise fixtures, interleaved (fixtures/README.md). */
export function noiseIntegers(samples: number, bits: number): Int32Array {
  const integers = new Int32Array(samples);
  let state = 1;
  for (let k = 0; k < samples; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    integers[k] = state >> (32 - bits);
  }
  const half = 2 ** (bits - 1);
  integers.set([-half, half - 1, 0, -1, 1, 1 - half]);
  return integers;
}

/** The same at full scale ±1, planar. */
export function noise(frames: number, bits: number): Float32Array[] {
  const integers = noiseIntegers(frames * 2, bits);
  return [0, 1].map((channel) => filled(frames, (frame) => integers[frame * 2 + channel] / 2 ** (bits - 1)));
}

export interface WholeSound {
  readonly sampleRate: number;
  readonly channels: Float32Array[];
  readonly warnings: readonly string[];
}

const STREAMS = {
  flac: openFlac,
  'ogg-flac': openOgg,
  mp3: openMp3,
  vorbis: openOgg,
  opus: openOgg,
} as const;

/** Reads all of a file by what its bytes say it is; null where they say nothing known. */
export async function readAll(file: ByteReader): Promise<WholeSound | null> {
  const identified = await identify(file);
  if (identified === null) return null;
  const { format, reader } = identified;
  if (format === 'wav' || format === 'aiff') {
    const { layout, warnings } = await (format === 'wav' ? readWavHeader(reader) : readAiffHeader(reader));
    const bytes = await reader.read(layout.dataOffset, layout.frameCount * bytesPerFrame(layout));
    return { sampleRate: layout.sampleRate, channels: decodePcm(bytes, layout).channels, warnings };
  }
  const stream = await STREAMS[format](reader);
  const blocks: SoundBlock[] = [];
  for await (const block of stream.blocks) blocks.push(block);
  const isEven = blocks.every(
    ({ sampleRate, channels }) =>
      sampleRate === stream.sampleRate && channels.length === blocks[0].channels.length,
  );
  const parts = isEven
    ? blocks.map(({ channels }) => channels)
    : await joinedParts(blocks, stream.sampleRate);
  const channels = Array.from({ length: Math.max(...parts.map((part) => part.length)) }, (_, channel) =>
    joined(parts.map((part) => part[channel] ?? part[0])),
  );
  return { sampleRate: stream.sampleRate, channels, warnings: stream.warnings };
}

async function* inOrder(blocks: readonly SoundBlock[]) {
  yield* blocks;
}

/** What changes on the way, as a source would be read: at most stereo, at one rate. */
async function joinedParts(blocks: readonly SoundBlock[], toRate: number): Promise<Float32Array[][]> {
  const parts: Float32Array[][] = [];
  for await (const part of joinBlocks(inOrder(blocks), toRate, 0)) parts.push(part);
  return parts;
}

export async function readBytes(bytes: Uint8Array, name = 'test file'): Promise<WholeSound> {
  const sound = await readAll(byteReader(name, bytes));
  if (sound === null) throw new Error(`${name} was not recognised`);
  return sound;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Runs a program and returns what it wrote to stdout. @throws when it fails */
export function run(program: string, programArguments: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, programArguments, { maxBuffer: 1 << 28 });
  if (error || status !== 0) throw new Error(`${program} failed: ${error ?? stderr}`);
  return stdout;
}

/** A file as ffmpeg decodes it, planar float. */
export function ffmpegDecode(path: string, channelCount: number): Float32Array[] {
  const bytes = new Uint8Array(run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'f32le', '-']));
  const interleaved = new Float32Array(bytes.buffer);
  const frames = interleaved.length / channelCount;
  return Array.from({ length: channelCount }, (_, channel) =>
    filled(frames, (frame) => interleaved[frame * channelCount + channel]),
  );
}

/** Level of a sound over its difference from another, dB; infinite where they are equal. */
export function signalToNoise(wanted: readonly Float32Array[], got: readonly Float32Array[]): number {
  let [signal, error] = [0, 0];
  wanted.forEach((channel, index) => {
    channel.forEach((sample, frame) => {
      signal += sample * sample;
      error += (sample - got[index][frame]) ** 2;
    });
  });
  return 10 * Math.log10(signal / error);
}
