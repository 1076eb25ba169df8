/** Sound that changes its rate or its layout on the way, as one sound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample } from '../../src/dsp/resample.ts';
import { joinBlocks } from '../../src/formats/join-blocks.ts';
import type { SoundBlock } from '../../src/formats/sound-stream.ts';
import { streamChanges } from '../../src/formats/stream-changes.ts';
import { sines } from '../signals.ts';

const block = (sampleRate: number, ...channels: Float32Array[]): SoundBlock => ({
  sampleRate,
  channels,
  channelOrder: 'wav',
});

async function* stream(...blocks: SoundBlock[]) {
  yield* blocks;
}

async function joined(blocks: AsyncIterable<SoundBlock>, toRate: number): Promise<Float32Array[][]> {
  const all: Float32Array[][] = [];
  for await (const part of joinBlocks(blocks, toRate, 0)) if (part[0].length > 0) all.push(part);
  return all;
}

const together = (parts: readonly Float32Array[]) =>
  Float32Array.from(parts.flatMap((part) => Array.from(part)));

describe('another rate', () => {
  it.each([
    [48_000, 44_100],
    [44_100, 48_000],
    [8000, 192_000],
    [192_000, 8000],
    [44_100, 44_099],
  ])('%i to %i Hz, in blocks of any length: what the whole would be', async (from, to) => {
    const sound = sines([300, 1100], 5000, 0.2, from);
    const whole = resample({ sampleRate: from, channels: [sound] }, to).channels[0];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 12 }), async (cuts) => {
        const blocks: SoundBlock[] = [];
        let start = 0;
        for (const length of [...cuts, sound.length]) {
          blocks.push(block(from, sound.slice(start, start + length)));
          start += length;
        }
        const parts = await joined(stream(...blocks), to);
        expect(together(parts.map(([mono]) => mono))).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  it('in the middle: what is before and behind is left alone', async () => {
    const [before, between, behind] = [sines([440], 1001), sines([440], 2003, 0.2, 48_000), sines([440], 77)];
    const parts = await joined(
      stream(block(44_100, before), block(48_000, between), block(44_100, behind)),
      44_100,
    );
    const converted = resample({ sampleRate: 48_000, channels: [between] }, 44_100).channels[0];
    expect(converted.length).toBe(Math.ceil((2003 * 44_100) / 48_000));
    expect(together(parts.map(([mono]) => mono))).toEqual(together([before, converted, behind]));
  });
});

describe('another layout', () => {
  it('mono stays one channel, six channels are folded to two', async () => {
    const one = new Float32Array(8).fill(0.5);
    const six = Array.from({ length: 6 }, () => new Float32Array(8).fill(0.25));
    const parts = await joined(
      stream(block(44_100, one), block(44_100, ...six), block(44_100, one, one)),
      44_100,
    );
    expect(parts.map((part) => part.length)).toEqual([1, 2, 2]);
    expect(parts[1][0][0]).toBeCloseTo(0.25, 6);
  });

  it('and another rate at once', async () => {
    const [left, right] = [sines([300], 3000, 0.2, 48_000), sines([500], 3000, 0.2, 48_000)];
    const parts = await joined(stream(block(48_000, left), block(48_000, left, right)), 44_100);
    const wanted = resample({ sampleRate: 48_000, channels: [left, right] }, 44_100).channels;
    const stereo = parts.filter((part) => part.length === 2);
    expect(together(parts.filter((part) => part.length === 1).map(([mono]) => mono))).toEqual(wanted[0]);
    expect(together(stereo.map((part) => part[0]))).toEqual(wanted[0]);
    expect(together(stereo.map((part) => part[1]))).toEqual(wanted[1]);
  });
});

describe('what is said of changes', () => {
  const second = (sampleRate: number, channelCount: number) =>
    block(sampleRate, ...Array.from({ length: channelCount }, () => new Float32Array(sampleRate)));
  const empty = block(8000, new Float32Array(0));

  it.each([
    [[second(44_100, 2), empty, second(44_100, 2)], 2, []],
    [
      [second(44_100, 1), second(44_100, 2)],
      2,
      ['“x” changes from mono to stereo at 1.00 s; all of it is read as stereo.'],
    ],
    [
      [second(44_100, 6), second(48_000, 6), second(48_000, 1)],
      6,
      [
        '“x” changes from 6 channels to mono at 2.00 s; all of it is read as stereo.',
        '“x” changes from 44.1 to 48 kHz at 1.00 s; all of it is read at the rate it begins with.',
      ],
    ],
    [
      [second(44_100, 2), second(48_000, 2), second(22_050, 2), second(44_100, 2)],
      2,
      [
        '“x” changes its rate 3 times, first from 44.1 to 48 kHz at 1.00 s; all of it is read at the rate it begins with.',
      ],
    ],
  ])('%#', async (blocks, mostChannels, sentences) => {
    const changes = streamChanges();
    const passed: SoundBlock[] = [];
    for await (const one of changes.watch(stream(...blocks))) passed.push(one);
    expect(passed).toEqual(blocks);
    expect([changes.mostChannels, changes.sentences('x')]).toEqual([mostChannels, sentences]);
  });
});
