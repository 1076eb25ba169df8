import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AfterglowError } from '../../src/errors.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { chained, joined, resealed } from './ogg-files.ts';
import { fixture, readAll } from './reading.ts';
import { writtenWav } from './written.ts';

/**
 * Cases a format: a quarter of a thousand of those that a codec decodes, since each takes some hundredths of a second. They are
 * the same on every run; AFTERGLOW_FUZZ=4 tries four times as many, as the workflow on GitHub does once.
 */
const TIMES = Number(process.env.AFTERGLOW_FUZZ || 1);
const CASES = { pcm: 1000 * TIMES, codec: 250 * TIMES };
const CASES_A_BATCH = 50;
/** What the whole process may hold, the test runner included. */
const MOST_MEMORY = 512 * 1024 * 1024;
/** No honest file of this size is longer; a reader that gives more has believed a size it should not have. */
const MOST_SAMPLES = 8_000_000;

const FORMATS: Record<string, string[]> = {
  wav: ['s16.wav', 's24-extensible.wav', 'f64.wav', 's16-rf64.wav', 'ulaw.wav', 's16-rifx.wav'],
  aiff: ['s16.aiff', 's24.aiff', 'f32.aifc', 's16-sowt.aifc'],
  flac: ['s16.flac', 's24.flac', 'joined.flac'],
  mp3: ['tone.mp3', 'tone-mono.mp3 + tone.mp3', 'tone-untagged.mp3 + tone-22050.mp3'],
  'ogg flac': ['s16.oga', 's16.oga + s16.oga + mono-48k.ogg'],
  vorbis: ['tone.ogg', 'tone.ogg + mono-48k.ogg', 'mono-48k.ogg + tone.opus'],
  opus: ['tone.opus', 'tone.opus + tone.opus'],
};

/** A fixture, or several that were joined. */
function input(names: string): Uint8Array {
  const files = names.split(' + ').map(fixture);
  if (names.endsWith('.mp3')) return new Uint8Array(Buffer.concat(files));
  return files.length === 1 ? files[0] : chained(...files);
}

type Mutation = (bytes: Uint8Array) => Uint8Array;

const place = fc.oneof(
  // Headers are where a reader decides; they deserve half of the damage.
  fc.integer({ min: 0, max: 127 }),
  fc.nat(),
);

const truncated = place.map(
  (at): Mutation =>
    (bytes) =>
      bytes.slice(0, at % (bytes.length + 1)),
);

const flipped = fc
  .array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 12 })
  .map(
    (flips): Mutation =>
      (bytes) => {
        const damaged = bytes.slice();
        for (const [at, mask] of flips) damaged[at % bytes.length] ^= mask;
        return damaged;
      },
  );

const lyingSize = fc
  .tuple(place, fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x10000), fc.boolean())
  .map(
    ([at, size, little]): Mutation =>
      (bytes) => {
        const damaged = bytes.slice();
        new DataView(damaged.buffer).setUint32(at % (bytes.length - 4), size, little);
        return damaged;
      },
  );

const spliced = fc.tuple(place, place, fc.integer({ min: 1, max: 3000 })).map(
  ([from, to, length]): Mutation =>
    (bytes) => {
      const piece = bytes.slice(from % bytes.length, (from % bytes.length) + length);
      const at = to % bytes.length;
      return joined([bytes.subarray(0, at), piece, bytes.subarray(at)]);
    },
);

const zeroed = fc.tuple(place, fc.integer({ min: 1, max: 2000 })).map(
  ([at, length]): Mutation =>
    (bytes) =>
      bytes.slice().fill(0, at % bytes.length, (at % bytes.length) + length),
);

const mutations = fc.array(fc.oneof(truncated, flipped, lyingSize, spliced, zeroed), {
  minLength: 1,
  maxLength: 3,
});

/** Reads whatever it is; tells whether it gave sound. @throws what is no AfterglowError, or a sound that breaks its promises */
async function survive(bytes: Uint8Array): Promise<boolean> {
  let sound: Awaited<ReturnType<typeof readAll>>;
  try {
    sound = await readAll(byteReader('damaged', bytes));
  } catch (error) {
    if (error instanceof AfterglowError) return false;
    throw error;
  }
  if (sound === null) return false;
  const frames = sound.channels[0].length;
  if (frames * sound.channels.length > MOST_SAMPLES) throw new Error(`${frames} frames came out of nothing`);
  for (const channel of sound.channels) {
    if (channel.length !== frames) throw new Error('channels differ in length');
    // Not a call for each sample: there are many.
    let sum = 0;
    for (let n = 0; n < frames; n++) sum += channel[n] * 0;
    if (sum !== 0) throw new Error('a sample is not finite');
  }
  return frames > 0;
}

/** Kinds that the samples decide, with 1.2 kB of sound each. */
const sine = Array.from({ length: 300 }, (_, n) => 0.3 * Math.sin(0.05 * n));
const ODD_WAVS = [
  (view: DataView, at: number, x: number) => view.setFloat32(at, x * 2 ** 23, true),
  (view: DataView, at: number, x: number) => view.setInt32(at, Math.round(x * 2 ** 23), true),
].map((set) => {
  const data = new DataView(new ArrayBuffer(1200));
  for (const [n, x] of sine.entries()) set(data, 4 * n, x);
  return writtenWav({ channelCount: 1, bits: 24, blockAlign: 4, data: new Uint8Array(data.buffer) });
});

describe.each(Object.entries(FORMATS))('%s, damaged', (format, names) => {
  const cases = format === 'wav' || format === 'aiff' ? CASES.pcm : CASES.codec;

  it(`survives ${cases} mutations`, async () => {
    const files = [...names.map(input), ...(format === 'wav' ? ODD_WAVS : [])];
    let mostMemory = 0;
    let read = 0;
    for (let batch = 0; batch < cases / CASES_A_BATCH; batch++) {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...files), mutations, fc.boolean(), async (file, steps, seal) => {
          const damaged = steps.reduce((bytes, step) => (bytes.length < 5 ? bytes : step(bytes)), file);
          if (await survive(seal ? resealed(damaged) : damaged)) read++;
        }),
        { numRuns: CASES_A_BATCH, seed: batch },
      );
      mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
    }
    expect(mostMemory).toBeLessThan(MOST_MEMORY);
    // Damage that leaves nothing to read would test identification only. (Most of the Vorbis file is its set-up.)
    expect(read).toBeGreaterThan(cases / 20);
  });

  it('survives a cut at every byte of the header', async () => {
    const bytes = fixture(names[0]);
    for (let length = 0; length <= 200; length++) {
      const gaveSound = await survive(bytes.slice(0, length));
      if (length < 12) expect(gaveSound).toBe(false);
    }
  });
});
