/** Whoever reads a source for a moment lends the arrays: what lay in them before, and who had them, changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { tapped } from '../../src/analysis/clipping.ts';
import { harmonicReader } from '../../src/analysis/harmonic-reader.ts';
import { removeDrift } from '../../src/analysis/remove-drift.ts';
import { amplified } from '../../src/analysis/working-level.ts';
import { keepDecoded } from '../../src/archive/decoded-store.ts';
import { pcmReader } from '../../src/archive/pcm-reader.ts';
import { resampled } from '../../src/archive/resampled.ts';
import { stereoReader } from '../../src/archive/stereo-reader.ts';
import { withRooms } from '../../src/dsp/rooms.ts';
import { type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { stretchRange } from '../../src/dsp/stretch.ts';
import { type ByteReader, byteReader } from '../../src/formats/bytes.ts';
import type { PcmLayout } from '../../src/formats/pcm-layout.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { filthy } from '../filthy.ts';
import { noise, RATE } from '../signals.ts';

const FRAMES = 60_000;
/** An offset that wanders, so that it is filtered out. */
const channels = ['one', 'other'].map((seed) =>
  noise(FRAMES, 0.3, seed).map((x, n) => x + 0.2 * (n / FRAMES)),
);
const sound = { sampleRate: RATE, channels };

const LAYOUT: PcmLayout = {
  encoding: 'float',
  bytesPerSample: 4,
  containerBytes: 4,
  fullScale: 1,
  littleEndian: true,
  channelCount: 1,
  sampleRate: RATE,
  dataOffset: 0,
  frameCount: FRAMES,
  channelMask: 0,
  channelOrder: 'wav',
};
const bytesOf = (samples: Float32Array | Float64Array) => new Uint8Array(samples.buffer);

/** A file of which so many frames are there. */
function pcm(bytes: Uint8Array, layout: Partial<PcmLayout> = {}): SoundReader {
  return pcmReader(byteReader('noise', bytes), { ...LAYOUT, ...layout }, []);
}

async function* inOneBlock() {
  yield channels;
}

const damaged = Float64Array.from(channels[0], (x, n) => (n % 7 === 0 ? Number.NaN : x));
const readers: Record<string, () => SoundReader | Promise<SoundReader>> = {
  'a sound in memory': () => soundReader(sound),
  'an uncompressed file': () => pcm(bytesOf(channels[0])),
  'one that ends early': () => pcm(bytesOf(channels[0]).subarray(0, 90_000)),
  'one with samples that are no number': () =>
    pcm(bytesOf(damaged), { bytesPerSample: 8, containerBytes: 8 }),
  'a decoded file': () => keepDecoded(nodePlatform, inOneBlock(), RATE),
  'a decoded file on the disk': () => keepDecoded(nodePlatform, inOneBlock(), RATE, 1),
  'another rate': () => resampled(soundReader(sound), 32_000),
  'more channels than two': () =>
    stereoReader(soundReader({ ...sound, channels: [...channels, channels[0]] }), 'wav', 0),
  'a gain': () => amplified(soundReader(sound), 0.5),
  'what is reported': () => tapped(soundReader(sound), () => {}),
  'a source without its drift': async () => {
    const reader = soundReader(sound);
    return removeDrift(reader, await analyse(reader));
  },
  'what lasts': () => harmonicReader(soundReader(sound)),
  'a sound as it is': () => {
    const reader = soundReader(sound);
    const as = { factor: 1, semitones: 0 };
    return { ...reader, read: (start, count, lender) => stretchRange(reader, start, count, as, lender) };
  },
};

describe.each(Object.entries(readers))('%s', (name, open) => {
  it('reads the same into arrays that are lent', async () => {
    const reader = await open();
    const range = [12_011, 25_000] as const;
    const plain = await reader.read(...range);
    const lender = filthy();
    const read = await reader.read(...range, lender);
    // A difference of as many samples would take minutes to be shown.
    expect(isDeepStrictEqual(read, plain)).toBe(true);
    // Those that make others of what they read have to make these afresh.
    const isLent = !['another rate', 'more channels than two'].includes(name);
    expect(read.channels.every(({ buffer }) => lender.lent.includes(buffer as ArrayBuffer))).toBe(isLent);
    // What was read before is nobody's but the reader's.
    expect(
      read.channels.map(({ buffer }) => plain.channels.some((own) => own.buffer === buffer)),
    ).not.toContain(true);
  });
});

it('gives back the bytes of a file that cannot be read', async () => {
  let lent: ArrayBuffer | undefined;
  const failing: ByteReader = {
    name: 'gone',
    size: 4 * FRAMES,
    async read(_, length, lender) {
      lent = lender?.bytes(length).buffer;
      throw new Error('gone');
    },
  };
  const count = 54_321;
  await expect(pcmReader(failing, LAYOUT, []).read(0, count)).rejects.toThrow('gone');
  const free = withRooms((rooms) => Array.from({ length: 50 }, () => rooms.bytes(4 * count).buffer));
  expect(free.some((buffer) => buffer === lent)).toBe(true);
});
