/** WAV and AIFF files as they are found: sizes that wrapped or went stale, samples under a tag that is not theirs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ByteReader } from '../../src/formats/bytes.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { downmix, downmixMatrix } from '../../src/formats/downmix.ts';
import { readWavHeader } from '../../src/formats/wav-header.ts';
import { hasTool } from '../tools.ts';
import { ffmpegDecode, readBytes, run, signalToNoise } from './reading.ts';
import { ds64, joined, riffChunk, text, type WavParts, writtenAiff, writtenWav } from './written.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-odd-pcm-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FRAMES = 3000;
/** Two partials, which pass through 0 and have all exponents that a float of sound has. */
const music = Float32Array.from(
  { length: 2 * FRAMES },
  (_, n) => 0.3 * Math.sin(0.031 * n) + 0.2 * Math.sin(0.047 * n + 1),
);

/** Samples written by a setter of a view, little-endian. */
function stored(
  width: number,
  set: (view: DataView, at: number, sample: number) => void,
  samples: Float32Array = music,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(width * samples.length));
  samples.forEach((sample, n) => {
    set(view, width * n, sample);
  });
  return new Uint8Array(view.buffer);
}

const int16 = stored(2, (view, at, x) => view.setInt16(at, Math.round(x * 32_767), true));
const int16Samples = (bytes = int16) =>
  [0, 1].map((c) =>
    Float32Array.from(
      { length: bytes.length / 4 },
      (_, n) => new DataView(bytes.buffer, bytes.byteOffset).getInt16(4 * n + 2 * c, true) / 32_768,
    ),
  );

const wavOf = (parts: Partial<WavParts>) => writtenWav({ data: int16, ...parts });

describe('WAV sizes', () => {
  const RUNS_ON = /“song\.wav” claims 0\.0\d s, but its sound runs on behind them; all 0\.07 s to its end/;
  const UNSTATED = /“song\.wav” does not say how long it is; it is read to its end/;

  it.each<[string, Partial<WavParts>, RegExp]>([
    ['a stale size', { dataSize: 4000 }, RUNS_ON],
    ['a stale size, odd', { dataSize: 4001 }, RUNS_ON],
    ['0', { dataSize: 0 }, UNSTATED],
    ['0xFFFFFFFF', { dataSize: 0xffffffff }, UNSTATED],
    ['RF64, 0 in ds64', { kind: 'RF64', front: ds64(0n), dataSize: 0xffffffff }, UNSTATED],
    ['RF64, nothing in ds64', { kind: 'RF64', front: ds64(2n ** 64n - 1n), dataSize: 0xffffffff }, UNSTATED],
    ['RF64 without ds64', { kind: 'RF64', dataSize: 0xffffffff }, UNSTATED],
    ['RF64, a stale ds64', { kind: 'RF64', front: ds64(4000n), dataSize: 0xffffffff }, RUNS_ON],
  ])('%s: all is read, and it is said', async (_, parts, warning) => {
    const sound = await readBytes(wavOf(parts), 'song.wav');
    expect(sound.channels).toEqual(int16Samples());
    expect(sound.warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('RF64 with 0 in the data chunk goes by ds64', async () => {
    const bytes = wavOf({ kind: 'RF64', front: ds64(BigInt(int16.length)), dataSize: 0 });
    const sound = await readBytes(joined([bytes, riffChunk('LIST', text('INFOISFT\x04\0\0\0me\0\0'))]));
    expect([sound.channels, sound.warnings]).toEqual([int16Samples(), []]);
  });

  const tail = new Uint8Array(2000).fill(0x5a);
  it.each<[string, Uint8Array]>([
    ['a chunk', riffChunk('LIST', tail)],
    ['a chunk of a program that nobody knows', riffChunk('Wx9!', tail)],
    ['several', joined([riffChunk('Wx9!', tail), riffChunk('cue ', tail), riffChunk('zzzz', tail)])],
    [
      'several, one of them odd and without its padding',
      joined([riffChunk('Wx9!', tail.subarray(1)), riffChunk('LIST', tail)]),
    ],
    ['a chunk that is cut off', riffChunk('LIST', tail, 9000)],
    ['a known chunk and then anything', joined([riffChunk('bext', tail), tail])],
    ['zeros up to a full sector', new Uint8Array(2048)],
    ['zeros and then a chunk', joined([new Uint8Array(100), riffChunk('LIST', tail)])],
    ['an ID3v1 tag', joined([text('TAG'), tail.subarray(0, 125)])],
  ])('what stands behind the data and is no sound: %s', async (_, behind) => {
    for (const data of [int16, int16.subarray(0, 8001)]) {
      const sound = await readBytes(wavOf({ data, behind }));
      const frames = Math.floor(data.length / 4);
      expect(sound.channels).toEqual(int16Samples().map((channel) => channel.slice(0, frames)));
      expect(sound.warnings).toEqual([]);
    }
  });

  it('a second file behind the first is not read, and it is said', async () => {
    for (const data of [int16, int16.subarray(0, 8001)]) {
      const sound = await readBytes(wavOf({ data, behind: wavOf({}) }), 'song.wav');
      expect(sound.channels[0]).toHaveLength(Math.floor(data.length / 4));
      expect(sound.warnings).toEqual([
        expect.stringMatching(/“song\.wav” has another file joined to its end/),
      ]);
    }
  });

  /** A reader over a file of any size: its head, and in all the rest a byte that is no chunk. */
  function vast(head: Uint8Array, size: number, tail: Uint8Array = new Uint8Array()): ByteReader {
    return {
      name: 'long.wav',
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset))).fill(0x13);
        for (let i = 0; i < bytes.length; i++) {
          if (offset + i < head.length) bytes[i] = head[offset + i];
          const behind = offset + i - (size - tail.length);
          if (behind >= 0) bytes[i] = tail[behind];
        }
        return bytes;
      },
    };
  }

  it.each([
    ['nothing', new Uint8Array()],
    ['a chunk', riffChunk('LIST', text('INFO'))],
  ])(
    'a size that wrapped round at 4 GiB, %s behind: all is read, and little to find that out',
    async (_, tail) => {
      const frames = 2 ** 30 + 44_100 * 30;
      const head = wavOf({ data: new Uint8Array(), dataSize: (4 * frames) % 2 ** 32 });
      const reader = vast(head, head.length + 4 * frames + tail.length, tail);
      const reads = vi.spyOn(reader, 'read');
      const { layout, warnings } = await readWavHeader(reader);
      expect(layout.frameCount).toBe(frames);
      expect(warnings).toEqual([
        '“long.wav” is longer than the 4 GiB its header can state, so that it claims 30.00 s; all 24377.89 s are read.',
      ]);
      expect(reads.mock.calls.reduce((sum, [, length]) => sum + length, 0)).toBeLessThan(1 << 20);
    },
  );
});

describe('AIFF sizes', () => {
  const data = stored(2, (view, at, x) => view.setInt16(at, Math.round(x * 32_767)));
  const frames = data.length / 2;
  const RUNS_ON = /claims 0\.02 s, but its sound runs on/;
  // libsndfile 1.2.0 reads 6000 frames of those marked so, sox 14.4.2 of the same but the first.
  it.each<[string, number, number, RegExp]>([
    ['nothing is filled in (libsndfile)', 0, 0, /does not say how long/],
    ['nothing but the eight bytes of SSND', 0, 8, /does not say how long/],
    ['COMM counts nothing (libsndfile, sox)', 0, data.length + 8, /does not say how long/],
    ['COMM is stale (libsndfile, sox)', 1000, data.length + 8, RUNS_ON],
    ['both are stale', 1000, 2008, RUNS_ON],
  ])('%s: all is read, and it is said', async (_, claimed, ssndSize, warning) => {
    const sound = await readBytes(writtenAiff(claimed, ssndSize, data));
    expect(sound.channels[0]).toHaveLength(frames);
    expect(sound.channels[0][1234]).toBe(Math.round(music[1234] * 32_767) / 32_768);
    expect(sound.warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('a stale SSND under a right COMM is no fault of anything', async () => {
    const sound = await readBytes(writtenAiff(frames, 2008, data));
    expect([sound.channels[0].length, sound.warnings]).toEqual([frames, []]);
  });

  it('zeros behind what COMM counts are padding', async () => {
    const sound = await readBytes(writtenAiff(frames, data.length + 8 + 600, data, new Uint8Array(600)));
    expect([sound.channels[0].length, sound.warnings]).toEqual([frames, []]);
  });

  it('chunks behind the sound are no sound', async () => {
    const name = joined([text('NAME\0\0\x04\0'), new Uint8Array(1024).fill(0x33)]);
    const sound = await readBytes(writtenAiff(frames, data.length + 8, data, name));
    expect([sound.channels[0].length, sound.warnings]).toEqual([frames, []]);
  });

  it('a second file behind the first is not read, and it is said', async () => {
    const whole = writtenAiff(frames, data.length + 8, data);
    const sound = await readBytes(joined([whole, whole]));
    expect(sound.channels[0]).toHaveLength(frames);
    expect(sound.warnings).toEqual([expect.stringMatching(/has another file joined to its end/)]);
  });
});

describe('samples of four bytes under the tag for PCM', () => {
  const planar = [0, 1].map((c) => music.filter((_, n) => n % 2 === c));
  const float = (scale: number) => stored(4, (view, at, x) => view.setFloat32(at, x * scale, true));
  const coolEdit24 = { bits: 24, blockAlign: 8, extra: [2, 0, 1, 0], data: float(2 ** 23) };
  const coolEdit32 = { bits: 32, blockAlign: 8, extra: [2, 0, 1, 0], data: float(2 ** 15) };

  it.each([
    ['24.0', coolEdit24],
    ['16.8', coolEdit32],
  ])('floats of old Cool Edit, %s', async (_, parts) => {
    const sound = await readBytes(writtenWav(parts));
    expect(sound.channels).toEqual(planar);
    // Above full scale, and with a long silence in front, too.
    const loud = writtenWav({
      ...parts,
      data: joined([new Uint8Array(400_000), ...Array(9).fill(parts.data)]),
    });
    expect((await readBytes(loud)).channels[0].subarray(50_000, 50_000 + FRAMES)).toEqual(planar[0]);
  });

  it.skipIf(!hasTool('ffmpeg')).each([
    ['24.0', coolEdit24],
    ['16.8', coolEdit32],
  ])('floats of old Cool Edit, %s, as ffmpeg reads them', async (name, parts) => {
    const path = join(folder, `${name}.wav`);
    writeFileSync(path, writtenWav(parts));
    const { channels } = await readBytes(new Uint8Array(readFileSync(path)));
    expect(signalToNoise(ffmpegDecode(path, 2), channels)).toBe(Number.POSITIVE_INFINITY);
  });

  const whole24 = (x: number) => Math.round(x * 2 ** 23);
  const samples24 = planar.map((channel) => channel.map((x) => whole24(x) / 2 ** 23));

  it.each<[string, (view: DataView, at: number, sample: number) => void]>([
    ['the sign above', (view, at, x) => view.setInt32(at, whole24(x), true)],
    ['nothing above', (view, at, x) => view.setInt32(at, whole24(x) & 0xffffff, true)],
  ])('24 bits at the bottom, %s', async (_, set) => {
    const sound = await readBytes(writtenWav({ bits: 24, blockAlign: 8, data: stored(4, set) }));
    expect(sound.channels).toEqual(samples24);
  });

  // What RIFF says, and what was read so before: the samples are in all cases those of a plain reading.
  const left24 = (view: DataView, at: number, x: number) => view.setInt32(at, whole24(x) << 8, true);
  const int32 = (view: DataView, at: number, x: number) => view.setInt32(at, Math.round(x * 2 ** 31), true);
  const square = music.map((_, n) => (n % 200 < 100 ? 0.5 : -0.5) + 0.001 * Math.sin(n));
  it.each<[string, number, typeof int32, Float32Array]>([
    ['24 bits at the top', 24, left24, music],
    ['24 bits at the top, very soft', 24, left24, music.map((x) => x / 1000)],
    ['32 bits', 32, int32, music],
    ['32 bits, very soft', 32, int32, music.map((x) => x / 1000)],
    ['32 bits of a square wave, whose levels look like floats', 32, int32, square],
    ['32 bits of noise', 32, int32, music.map((_, n) => Math.sin(n * n))],
    ['32 bits that hardly move', 32, int32, music.map((x) => 0.5 + x / 1000)],
  ])('%s, are read as ever', async (_, bits, set, samples) => {
    const data = stored(4, set, samples);
    const sound = await readBytes(writtenWav({ bits, blockAlign: 8, data }));
    const view = new DataView(data.buffer);
    const plain = [0, 1].map((c) =>
      Float32Array.from({ length: FRAMES }, (__, n) => view.getInt32(8 * n + 4 * c, true) / 2 ** 31),
    );
    expect(sound.channels).toEqual(plain);
  });
});

describe('B-format', () => {
  /** W, X, Y, Z of a plane wave from an azimuth in degrees, 90 being left. */
  const wave = (azimuth: number) => {
    const [cosine, sine] = [Math.cos((azimuth * Math.PI) / 180), Math.sin((azimuth * Math.PI) / 180)];
    return { W: Math.SQRT1_2, X: cosine, Y: sine, Z: 0 };
  };
  const stereoOf = async (bytes: Uint8Array) => {
    const { layout, warnings } = await readWavHeader(byteReader('field.wav', bytes));
    const { channels } = await readBytes(bytes);
    const { channelCount, channelOrder, channelMask } = layout;
    const matrix = downmixMatrix(channelCount, channelOrder, channelMask);
    return { sides: downmix(channels, matrix).map((side) => side[0]), warnings };
  };
  const data = (values: readonly number[]) =>
    stored(
      4,
      (view, at, x) => view.setFloat32(at, x, true),
      Float32Array.from({ length: 4 * 20 }, (_, n) => values[n % 4]),
    );
  const words = (id: string, words: string) => riffChunk(id, text(words));
  const floats = { tag: 3, channelCount: 4, bits: 32 };

  it.each([
    ['integers', 1],
    ['floats', 3],
  ])('.amb of %s is decoded, and it is said', async (_, tag) => {
    const guid = [tag, 0, 0, 0, 0x21, 0x07, 0xd3, 0x11, 0x86, 0x44, 0xc8, 0xc1, 0xca, 0, 0, 0];
    const extra = [22, 0, 32, 0, 0, 0, 0, 0, ...guid];
    const sidesFrom = async (azimuth: number) => {
      const { W, X, Y, Z } = wave(azimuth);
      const samples = data([W, X, Y, Z].map((x) => x / 2));
      const view = new DataView(samples.buffer);
      if (tag === 1) {
        for (let at = 0; at < samples.length; at += 4)
          view.setInt32(at, view.getFloat32(at, true) * 2 ** 31, true);
      }
      return stereoOf(writtenWav({ tag: 0xfffe, channelCount: 4, bits: 32, extra, data: samples }));
    };
    const fromLeft = await sidesFrom(90);
    expect(fromLeft.warnings).toEqual([
      expect.stringMatching(/“field\.wav” is ambisonic B-format \(4 channels\)/),
    ]);
    expect(fromLeft.sides[0]).toBeGreaterThan(0.4);
    expect(fromLeft.sides[1]).toBeCloseTo(0, 6);
    const fromFront = await sidesFrom(0);
    expect(fromFront.sides[1] / fromFront.sides[0]).toBeCloseTo(1, 5);
    // A cardioid hears half of what comes from the side.
    expect(fromFront.sides[0] / fromLeft.sides[0]).toBeCloseTo(0.5, 5);
  });

  it.each([
    ['bext', 'take 1, AmbiX'],
    ['iXML', '<BWFXML><NOTE>AMBIX (ACN/SN3D)</NOTE></BWFXML>'],
  ])('AmbiX that is stated in %s', async (id, sentence) => {
    const { X, Y, Z } = wave(-90);
    const parts = { ...floats, data: data([1, Y, Z, X]) };
    for (const bytes of [
      writtenWav({ ...parts, front: words(id, sentence) }),
      writtenWav({ ...parts, behind: words(id, sentence) }),
    ]) {
      const { sides, warnings } = await stereoOf(bytes);
      expect(sides[0]).toBeCloseTo(0, 6);
      expect(sides[1]).toBeGreaterThan(0.9);
      expect(warnings).toHaveLength(1);
    }
  });

  it('of an order that is not stated: W alone', async () => {
    const bytes = writtenWav({
      ...floats,
      data: data([0.5, 1, 1, 1]),
      front: words('bext', 'B-format take'),
    });
    const { sides, warnings } = await stereoOf(bytes);
    expect([sides, warnings]).toEqual([[0.5, 0.5], [expect.stringMatching(/its first channel, W, is used/)]]);
  });

  it('four tracks that say nothing are tracks', async () => {
    const { sides, warnings } = await stereoOf(writtenWav({ ...floats, data: data([0.5, 0, 0, 1]) }));
    expect([sides, warnings]).toEqual([[0.25, 0.5], []]);
  });

  it.skipIf(!hasTool('sox'))('.amb of sox is told', async () => {
    const path = join(folder, 'field.amb');
    run('sox', ['-n', '-c', '4', '-r', '44100', path, 'synth', '0.1', 'sine', '440']);
    const { warnings } = await readWavHeader(byteReader('field.amb', new Uint8Array(readFileSync(path))));
    expect(warnings).toEqual([expect.stringMatching(/ambisonic B-format/)]);
  });
});
