/** AIFF and CAF files of many channels that say which is which, and CAF files whose codec has a delay. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSource } from '../../src/archive/source.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { ffmpegDecode, run } from '../formats/reading.ts';
import { hasTool } from '../tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-apple-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FRAMES = 400;
const HALF = 16_384;

/** Numbers of so many bits, the highest byte first. */
function numbers(bits: 16 | 32 | 64, ...values: number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(bits / 8);
      if (bits === 64) bytes.writeBigInt64BE(BigInt(value));
      else bytes.writeUIntBE(value, 0, bits / 8);
      return bytes;
    }),
  );
}

/** One after the other, every channel alone for as long as the others. */
function inTurn(channelCount: number): Buffer {
  const frame = (index: number) =>
    Array.from({ length: channelCount }, (_, channel) => (channel === index ? HALF : 0));
  const turns = Array.from({ length: channelCount }, (_, index) => numbers(16, ...frame(index)));
  return Buffer.concat(turns.flatMap((turn) => Array.from({ length: FRAMES }, () => turn)));
}

const chunk = (id: string, body: Buffer) => Buffer.concat([Buffer.from(id), numbers(32, body.length), body]);
const longChunk = (id: string, body: Buffer) =>
  Buffer.concat([Buffer.from(id), numbers(64, body.length), body]);

/** A 16-bit AIFF. @param place of the layout: in front of all, or behind the sound */
function aiff(channelCount: number, layout: Buffer | null, place: 'front' | 'behind'): Buffer {
  const rate = Buffer.from([0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]);
  const common = Buffer.concat([
    numbers(16, channelCount),
    numbers(32, channelCount * FRAMES),
    numbers(16, 16),
    rate,
  ]);
  const said = layout === null ? Buffer.alloc(0) : chunk('CHAN', layout);
  const rest = [chunk('COMM', common), chunk('SSND', Buffer.concat([Buffer.alloc(8), inTurn(channelCount)]))];
  return chunk(
    'FORM',
    Buffer.concat([Buffer.from('AIFF'), ...(place === 'front' ? [said, ...rest] : [...rest, said])]),
  );
}

/** A 16-bit CAF. */
function caf(channelCount: number, layout: Buffer | null): Buffer {
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(44_100);
  const facts = numbers(32, 0, 2 * channelCount, 1, channelCount, 16);
  return Buffer.concat([
    Buffer.from('caff\0\x01\0\0'),
    longChunk('desc', Buffer.concat([rate, Buffer.from('lpcm'), facts])),
    layout === null ? Buffer.alloc(0) : longChunk('chan', layout),
    longChunk('data', Buffer.concat([Buffer.alloc(4), inTurn(channelCount)])),
  ]);
}

/** Gains to the left and the right of each channel, beside the loudest. */
async function gainsOf(name: string, bytes: Buffer): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const source = await openSource(nodePlatform, path);
  const turns = source.frameCount / FRAMES;
  const gains: number[][] = [];
  for (let turn = 0; turn < turns; turn++) {
    const { channels } = await source.read(turn * FRAMES + FRAMES / 2, 1);
    gains.push(channels.map(([sample]) => sample));
  }
  await source.close();
  const most = Math.max(...gains.flat());
  return gains.map((sides) => sides.map((gain) => (gain / most).toFixed(2)).join(' '));
}

const GAINS: Record<string, string> = {
  L: '1.00 0.00',
  R: '0.00 1.00',
  C: '0.71 0.71',
  Ls: '0.71 0.00',
  Rs: '0.00 0.71',
  Cs: '0.50 0.50',
  LFE: '0.00 0.00',
};
const gainsFor = (speakers: string) => speakers.split(' ').map((speaker) => GAINS[speaker]);

/** A layout by its tag, with a bitmap and the labels of descriptions. */
const layoutOf = (tag: number, channels: number, bitmap = 0, labels: number[] = []) =>
  Buffer.concat([
    numbers(16, tag, channels),
    numbers(32, bitmap, labels.length),
    ...labels.map((label) => numbers(32, label, 0, 0, 0, 0)),
  ]);

const CASES: [string, Buffer, string][] = [
  ['MPEG_5_1_A', layoutOf(121, 6), 'L R C LFE Ls Rs'],
  ['MPEG_5_1_B', layoutOf(122, 6), 'L R Ls Rs C LFE'],
  ['MPEG_5_1_C', layoutOf(123, 6), 'L C R Ls Rs LFE'],
  ['MPEG_5_1_D', layoutOf(124, 6), 'C L R Ls Rs LFE'],
  ['MPEG_4_0_B', layoutOf(116, 4), 'C L R Cs'],
  ['DVD_4', layoutOf(133, 3), 'L R LFE'],
  ['the bitmap', layoutOf(1, 0, 0x3f), 'L R C LFE Ls Rs'],
  ['descriptions', layoutOf(0, 0, 0, [3, 1, 2, 33, 34, 37]), 'C L R Ls Rs LFE'],
  ['DiscreteInOrder', layoutOf(147, 3), 'L R C'],
  ['a tag of other channels', layoutOf(124, 5), ''],
];

describe('the layout that a file states', () => {
  it.each(CASES)('AIFF, %s', async (name, layout, speakers) => {
    const count = speakers === '' ? 6 : speakers.split(' ').length;
    const wanted = speakers === '' ? gainsFor('L R L R L R') : gainsFor(speakers);
    for (const place of ['front', 'behind'] as const) {
      expect(await gainsOf(`${name}.aiff`, aiff(count, layout, place))).toEqual(wanted);
    }
  });

  it.skipIf(!hasTool('ffmpeg')).each(CASES)('CAF, %s', async (name, layout, speakers) => {
    const count = speakers === '' ? 6 : speakers.split(' ').length;
    const wanted = speakers === '' ? gainsFor('L R L R L R') : gainsFor(speakers);
    expect(await gainsOf(`${name}.caf`, caf(count, layout))).toEqual(wanted);
  });

  it.skipIf(!hasTool('ffmpeg'))('none: the channels are tracks', async () => {
    expect(await gainsOf('none.aiff', aiff(6, null, 'front'))).toEqual(gainsFor('L R L R L R'));
    expect(await gainsOf('none.caf', caf(6, null))).toEqual(gainsFor('L R L R L R'));
  });

  it.skipIf(!hasTool('ffmpeg')).each([
    ['field.aiff', aiff(4, layoutOf(107, 4), 'front')],
    ['field.caf', caf(4, layoutOf(107, 4))],
  ])('B-format is decoded, and it is said: %s', async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const source = await openSource(nodePlatform, path);
    expect(source.warnings).toEqual([expect.stringContaining('is ambisonic B-format (4 channels)')]);
    await source.close();
  });
});

describe.skipIf(!hasTool('ffmpeg'))('the packet table of a CAF', () => {
  /** ALAC of 66,123 frames whose table states another delay and length. */
  async function framesOf(name: string, valid: number, priming: number) {
    const path = join(folder, name);
    const sine = ['-f', 'lavfi', '-i', 'sine=441:r=44100,atrim=end_sample=66123'];
    run('ffmpeg', ['-v', 'error', '-y', ...sine, '-c:a', 'alac', path]);
    const [decoded] = ffmpegDecode(path, 1);
    const bytes = readFileSync(path);
    const table = bytes.indexOf('pakt') + 12;
    numbers(64, valid).copy(bytes, table + 8);
    numbers(32, priming).copy(bytes, table + 16);
    writeFileSync(path, bytes);
    const source = await openSource(nodePlatform, path);
    const { channels } = await source.read(0, source.frameCount);
    await expect(source.read(1, source.frameCount)).rejects.toThrow(RangeError);
    await source.close();
    return { decoded, read: channels[0] };
  }

  it('says which of the decoded frames are sound', async () => {
    const { decoded, read } = await framesOf('primed.caf', 63_000, 2112);
    expect(read).toEqual(decoded.subarray(2112, 2112 + 63_000));
  });

  it('does not cut twice what a decoder left out itself', async () => {
    const { decoded, read } = await framesOf('trimmed.caf', 66_000, 2112);
    expect(read).toEqual(decoded.subarray(0, 66_000));
  });
});
