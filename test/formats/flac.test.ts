import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { openFlac } from '../../src/formats/flac.ts';
import { crc8, crc16 } from '../../src/formats/flac-checksums.ts';
import { hasTool } from '../tools.ts';
import { ffmpegDecode, fixture, noise, noiseIntegers, readBytes, run } from './reading.ts';

/** Noise in three frames of 1024, 1024 and 952 samples. */
const WHOLE = fixture('s16.flac');
const LENGTH = 3000;
const [HEAD, ...FRAMES] = parts(WHOLE, 3);

/** The metadata of a file, and its frames one by one: each begins with the sync code and bears its own number. */
function parts(bytes: Uint8Array, frameCount: number): Uint8Array[] {
  const starts: number[] = [];
  for (let at = 42; starts.length < frameCount; at++) {
    if (at > bytes.length) throw new Error('not as many frames as thought');
    if (bytes[at] === 0xff && bytes[at + 1] === 0xf8 && bytes[at + 4] === starts.length) starts.push(at);
  }
  return [0, ...starts].map((start, index) => bytes.slice(start, starts[index]));
}

function cat(...given: readonly (Uint8Array | string)[]): Uint8Array {
  return new Uint8Array(Buffer.concat(given.map((part) => Buffer.from(part as Uint8Array))));
}

/** The file with other numbers in its STREAMINFO. */
function stated(values: { minBlock?: number; maxBlock?: number; total?: number }): Uint8Array {
  const bytes = WHOLE.slice();
  const view = new DataView(bytes.buffer);
  if (values.minBlock !== undefined) view.setUint16(8, values.minBlock);
  if (values.maxBlock !== undefined) view.setUint16(10, values.maxBlock);
  if (values.total !== undefined) view.setUint32(22, values.total);
  return bytes;
}

/** The noise of the fixture, of its samples `ranges`, in order; null gives silence of a length. */
function sound(...ranges: (readonly [from: number, to: number] | number)[]): number[][] {
  return noise(LENGTH, 16).map((channel) =>
    ranges.flatMap((range) =>
      typeof range === 'number' ? new Array(range).fill(0) : [...channel.subarray(...range)],
    ),
  );
}

const ALL = [0, LENGTH] as const;

async function read(bytes: Uint8Array) {
  const { channels, warnings } = await readBytes(bytes, 'song.flac');
  // −0 is as good as 0.
  return { channels: channels.map((channel) => [...channel].map((sample) => sample + 0)), warnings };
}

/** Tags as programs append them. */
const ID3V1 = cat('TAG', new Uint8Array(125).fill(32));
const ID3V2 = cat('ID3\x04', new Uint8Array([0, 0, 0, 0, 2, 0x58]), new Uint8Array(2 * 128 + 0x58).fill(65));
const APE_ITEMS = cat(new Uint8Array([3, 0, 0, 0, 0, 0, 0, 0]), 'Title\0abc');
const apeMark = (flags: number) =>
  cat(
    'APETAGEX',
    new Uint8Array([0xd0, 7, 0, 0, APE_ITEMS.length + 32, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flags]),
    new Uint8Array(8),
  );
const APEV2 = cat(apeMark(0xa0), APE_ITEMS, apeMark(0x80));
/** Bytes in which no FLAC stands. */
const JUNK = Uint8Array.from({ length: 5000 }, (_, k) => (k * 7919 + 13) & 0x7f);

describe('FLAC whose STREAMINFO is wrong', () => {
  it.each([
    ['minimum block size 0', { minBlock: 0 }],
    ['minimum block size of the last, short block', { minBlock: 952 }],
    ['both block sizes 0', { minBlock: 0, maxBlock: 0 }],
    ['both block sizes too small', { minBlock: 16, maxBlock: 16 }],
    ['both block sizes too large', { minBlock: 65_535, maxBlock: 65_535 }],
    ['length 0', { total: 0 }],
    ['length too small', { total: 1000 }],
  ])('%s: all of it is read', async (_, values) => {
    expect(await read(stated(values))).toEqual({ channels: sound(ALL), warnings: [] });
  });

  it('length too large: all of it is read, and that it claims more is said', async () => {
    const { channels, warnings } = await read(stated({ total: 47_100 }));
    expect(channels).toEqual(sound(ALL));
    expect(warnings).toEqual([expect.stringMatching(/cut short: it holds 0\.07 of the 1\.07 s/)]);
  });
});

describe('FLAC with something behind its last frame', () => {
  it.each([
    ['ID3v1', ID3V1],
    ['ID3v2', ID3V2],
    ['APEv2', APEV2],
    ['APEv2 and ID3v1', cat(APEV2, ID3V1)],
    ['zeros', new Uint8Array(40_000)],
    ['what nobody knows', JUNK],
    ['more of it than a frame may be long', cat(JUNK, JUNK, JUNK, JUNK, JUNK)],
  ])('%s: the last frame is read', async (_, behind) => {
    expect(await read(cat(WHOLE, behind))).toEqual({ channels: sound(ALL), warnings: [] });
  });
});

describe('FLAC whose checksum comes out right before a frame has ended', () => {
  it('the frame ends where it can be decoded', async () => {
    // Noise of one channel is stored as it is, so any of its bytes may be others.
    const [head, first, last] = parts(fixture('s16-mono-22k.flac'), 2);
    const sum = (end: number) => [crc16(last, 0, end) >> 8, crc16(last, 0, end) & 255];
    last.set(sum(1000), 1000);
    last.set(sum(last.length - 2), last.length - 2);
    const file = cat(head, first, last);
    const whole = await read(file);
    const tail = [...noiseIntegers(2000, 16)].slice(1600).map((sample) => sample / 32_768);
    expect(whole.channels[0].slice(1600)).toEqual(tail);
    expect(await read(cat(file, ID3V1))).toEqual(whole);
  });
});

describe('FLAC cut and joined without being coded anew', () => {
  it('a piece begins with its first frame, and is no damaged whole', async () => {
    const piece = cat(HEAD, FRAMES[1], FRAMES[2]);
    expect(await read(piece)).toEqual({ channels: sound([1024, LENGTH]), warnings: [] });
  });

  it.each([
    ['numbers that start anew', [FRAMES[0], FRAMES[1], FRAMES[2], FRAMES[0]], [ALL, [0, 1024]]],
    [
      'numbers that run back',
      [FRAMES[2], FRAMES[1], FRAMES[0]],
      [
        [2048, LENGTH],
        [1024, 2048],
        [0, 1024],
      ],
    ],
    [
      'numbers that jump',
      [FRAMES[0], FRAMES[2]],
      [
        [0, 1024],
        [2048, LENGTH],
      ],
    ],
    [
      'one number for ever',
      [FRAMES[1], FRAMES[1], FRAMES[1]],
      [
        [1024, 2048],
        [1024, 2048],
        [1024, 2048],
      ],
    ],
  ] as [string, Uint8Array[], [number, number][]][])(
    '%s: frames in the order of their bytes',
    async (_, frames, ranges) => {
      const info = HEAD.slice();
      new DataView(info.buffer).setUint32(22, 0);
      expect(await read(cat(info, ...frames))).toEqual({ channels: sound(...ranges), warnings: [] });
    },
  );

  it.each([
    ['as they are', []],
    ['ID3v1 between them', [ID3V1]],
    ['all kinds of tags between them', [APEV2, ID3V1, ID3V2]],
  ])('two files one behind the other, %s', async (_, between) => {
    expect(await read(cat(WHOLE, ...between, WHOLE))).toEqual({ channels: sound(ALL, ALL), warnings: [] });
  });

  it('metadata of the second that is longer than what is read at a time, and that looks like frames', async () => {
    const picture = new Uint8Array(600_000);
    for (let at = 0; at + FRAMES[1].length < picture.length; at += FRAMES[1].length)
      picture.set(FRAMES[1], at);
    const size = [picture.length >> 16, (picture.length >> 8) & 255, picture.length & 255];
    const second = cat(WHOLE.subarray(0, 42), new Uint8Array([0x86, ...size]), picture, ...FRAMES);
    second[4] = 0;
    expect(await read(cat(WHOLE, second))).toEqual({ channels: sound(ALL, ALL), warnings: [] });
  });

  it('another rate, layout and depth: each part is what its own frames say', async () => {
    const joined = cat(WHOLE, fixture('s16-mono-22k.flac'), ID3V1, fixture('s24.flac'));
    const { sampleRate, blocks, warnings } = await openFlac(byteReader('song.flac', joined));
    expect(sampleRate).toBe(44_100);
    const found: Record<string, number[][]> = {};
    for await (const { sampleRate, channels } of blocks) {
      const key = `${sampleRate} Hz, ${channels.length} at ${Object.keys(found).length}`;
      found[key] = channels.map((channel) => [...channel].map((sample) => sample + 0));
    }
    const mono = [...noiseIntegers(2000, 16)].map((sample) => sample / 32_768);
    expect(found).toEqual({
      '44100 Hz, 2 at 0': sound(ALL),
      '22050 Hz, 1 at 1': [mono],
      '44100 Hz, 2 at 2': noise(LENGTH, 24).map((channel) => [...channel]),
    });
    expect(warnings).toEqual([]);
  });

  it('another rate and layout without a head of its own', async () => {
    const [, ...mono] = parts(fixture('s16-mono-22k.flac'), 2);
    const { blocks } = await openFlac(byteReader('song.flac', cat(WHOLE, ...mono)));
    const found: unknown[] = [];
    for await (const { sampleRate, channels } of blocks)
      found.push([sampleRate, channels.length, channels[0].length]);
    expect(found).toEqual([
      [44_100, 2, LENGTH],
      [22_050, 1, 2000],
    ]);
  });

  it('a rate of the frames that STREAMINFO does not know is the rate', async () => {
    const bytes = fixture('s16-mono-22k.flac').slice();
    bytes.set([0x0a, 0xc4, 0x40 | (bytes[20] & 15)], 18);
    expect((await openFlac(byteReader('song.flac', bytes))).sampleRate).toBe(22_050);
  });
});

describe('FLAC with a hole', () => {
  const IS_SILENT = '“song.flac” is damaged: 0.02 s of it are read as silence.';

  it.each([
    ['a frame of zeros', new Uint8Array(FRAMES[1].length)],
    ['its header gone', cat(new Uint8Array(6), FRAMES[1].subarray(6))],
    ['its second half gone', FRAMES[1].subarray(0, 2000)],
    ['its first half gone', FRAMES[1].subarray(2000)],
    ['other bytes in its place', JUNK],
    ['many other bytes', cat(JUNK, JUNK, JUNK, JUNK)],
  ])('%s: silence of its length, and what follows keeps its place', async (_, instead) => {
    const { channels, warnings } = await read(cat(HEAD, FRAMES[0], instead, FRAMES[2]));
    expect(channels).toEqual(sound([0, 1024], 1024, [2048, LENGTH]));
    expect(warnings).toEqual([IS_SILENT]);
  });

  it('the first frame is silent too', async () => {
    const damaged = FRAMES[0].slice();
    damaged[500] ^= 4;
    for (const first of [damaged, damaged.subarray(100), JUNK]) {
      const { channels, warnings } = await read(cat(HEAD, first, FRAMES[1], FRAMES[2]));
      expect(channels).toEqual(sound(1024, [1024, LENGTH]));
      expect(warnings).toEqual([IS_SILENT]);
    }
  });

  it('of a piece that begins in the middle is as long as the frame', async () => {
    const damaged = FRAMES[1].slice();
    damaged[500] ^= 4;
    const { channels } = await read(cat(HEAD, damaged, FRAMES[2]));
    expect(channels).toEqual(sound(1024, [2048, LENGTH]));
  });

  it('bytes that only came in between are no hole', async () => {
    for (const inserted of [JUNK, new Uint8Array(9000)]) {
      const { channels, warnings } = await read(cat(HEAD, FRAMES[0], inserted, FRAMES[1], FRAMES[2]));
      expect([channels, warnings]).toEqual([sound(ALL), []]);
    }
  });

  it('that no numbers tell the length of is said, and not filled', async () => {
    const { channels, warnings } = await read(cat(HEAD, FRAMES[2], JUNK, FRAMES[0], FRAMES[1]));
    expect(channels).toEqual(sound([2048, LENGTH], [0, 2048]));
    expect(warnings).toContainEqual(expect.stringMatching(/damaged in one place: some sound is missing/));
  });

  it('behind a short block is of no known length, since those between may be longer', async () => {
    const later = FRAMES[0].slice();
    later[4] = 5;
    later[5] = crc8(later, 0, 5);
    const sum = crc16(later, 0, later.length - 2);
    later.set([sum >> 8, sum & 255], later.length - 2);
    const { channels, warnings } = await read(cat(HEAD, FRAMES[2], JUNK, later));
    expect(channels).toEqual(sound([2048, LENGTH], [0, 1024]));
    expect(warnings).toEqual([expect.stringMatching(/damaged in one place: some sound is missing/)]);
  });

  it('at the end is said, though STREAMINFO knows no length', async () => {
    const bytes = stated({ total: 0 });
    const { channels, warnings } = await read(bytes.subarray(0, bytes.length - 100));
    expect(channels).toEqual(sound([0, 2048]));
    expect(warnings).toEqual(['“song.flac” breaks off: its last 0.02 s are damaged and left out.']);
  });
});

describe.skipIf(!hasTool('ffmpeg'))('FLAC that ffmpeg cut and joined', () => {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-flac-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  const ffmpeg = (...words: string[]) => run('ffmpeg', ['-v', 'error', '-y', ...words]);
  const tones = 'aevalsrc=0.4*sin(2*PI*441*t)|0.3*sin(2*PI*661.5*t)';

  it.each([
    ['a piece', ['-ss', '1', '-i', path('song.flac'), '-t', '1'], 49_152],
    ['two of them', ['-f', 'concat', '-safe', '0', '-i', path('list')], 264_600],
  ])('%s is what ffmpeg reads in it', async (name, from, frames) => {
    ffmpeg(
      '-f',
      'lavfi',
      '-i',
      `${tones}:s=44100:d=3`,
      '-sample_fmt',
      's16',
      '-frame_size',
      '4096',
      path('song.flac'),
    );
    writeFileSync(path('list'), `file song.flac\nfile song.flac\n`);
    ffmpeg(...from, '-c', 'copy', path(`${name}.flac`));
    const { channels, warnings } = await readBytes(new Uint8Array(readFileSync(path(`${name}.flac`))));
    expect(warnings).toEqual([]);
    expect(channels[0]).toHaveLength(frames);
    expect(channels).toEqual(ffmpegDecode(path(`${name}.flac`), 2));
  });
});
