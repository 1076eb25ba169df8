/** What many hits cost: reads and transforms are counted, since a clock would tell how busy the machine is. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RealFft } from '../../src/dsp/fft.ts';
import { type Sound, type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { attackPrint, isSameHit } from '../../src/families/drums/repeats.ts';
import { likeness, mayBeAlike, wavePrint } from '../../src/families/drums/wave-print.ts';
import { readRanges } from '../../src/families/shared/read-ranges.ts';
import { joined, mono, noise, RATE } from '../signals.ts';
import { hat, kick, snare } from './drumming.ts';

afterEach(() => vi.restoreAllMocks());

const REACH = 88;
const FRAMES = 2205;
const print = (...channels: Float32Array[]) =>
  wavePrint(
    channels.map((channel) => channel.subarray(0, FRAMES)),
    REACH,
  );

describe('the bound on likeness', () => {
  it('never falls below the likeness itself, whatever is compared', () => {
    const later = (samples: Float32Array, by: number) => joined(new Float32Array(by), samples);
    const waves = [
      kick(),
      later(kick(), 40),
      snare(1),
      snare(2),
      hat(1),
      later(hat(1), 80),
      new Float32Array(FRAMES),
    ];
    const prints = [
      ...waves.map((wave) =>
        print(
          wave,
          wave.map((x) => x / 3),
        ),
      ),
      print(noise(FRAMES, 1, 'l'), noise(FRAMES, 1, 'r')),
    ];
    for (const one of prints) {
      for (const other of prints) expect(mayBeAlike(one, other, likeness(one, other) - 2e-4)).toBe(true);
    }
    // And is reached where one is the other, louder.
    expect(likeness(print(kick()), print(kick().map((x) => 2 * x)))).toBeCloseTo(1, 4);
    expect(mayBeAlike(print(kick()), print(kick()), 1.001)).toBe(false);
  });

  it('spares all transforms between hits of one colour that are no repeats', () => {
    const prints = Array.from({ length: 40 }, (_, i) => attackPrint(mono(hat(i))));
    const transforms = [
      vi.spyOn(RealFft.prototype, 'forward'),
      vi.spyOn(RealFft.prototype, 'inverseUnscaled'),
    ];
    const same = prints.filter((one, i) => prints.slice(0, i).some((other) => isSameHit(one, other)));
    expect(same).toEqual([]);
    expect(transforms.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it('holds for hits of other lengths, compared as far as both go', () => {
    const shorter = attackPrint(mono(snare(1).subarray(0, 900)));
    expect(isSameHit(shorter, attackPrint(mono(snare(1))))).toBe(true);
    expect(isSameHit(shorter, attackPrint(mono(snare(2))))).toBe(false);
  });
});

describe('readRanges', () => {
  const sound = mono(noise(10 * RATE, 0.5));
  /** A reader that notes what is read of it. */
  function noting(of: Sound): { reader: SoundReader; reads: [start: number, count: number][] } {
    const reads: [number, number][] = [];
    const reader = soundReader(of);
    const read = (start: number, count: number) => {
      reads.push([start, count]);
      return reader.read(start, count);
    };
    return { reader: { ...reader, read }, reads };
  }

  it('reads what lies close together at once, and no long gap', async () => {
    const { reader, reads } = noting(sound);
    const close = Array.from({ length: 100 }, (_, i) => ({ start: 2000 * i, length: 4000 }));
    const ranges = [...close, { start: 360_000, length: 100 }, { start: 360_000, length: 70_000 }];
    let next = 0;
    for await (const [range, { channels }] of readRanges(reader, ranges)) {
      expect(range).toBe(ranges[next++]);
      const { start, length } = range;
      expect(
        Buffer.compare(bytesOf(channels[0]), bytesOf(sound.channels[0].subarray(start, start + length))),
      ).toBe(0);
    }
    expect(next).toBe(ranges.length);
    // Blocks of 65,536 frames over 202,000, which share what reaches beyond one.
    expect(reads).toHaveLength(6);
    expect(Math.max(...reads.map(([, count]) => count))).toBe(70_000);
    expect(reads.reduce((sum, [, count]) => sum + count, 0)).toBeLessThan(202_000 + 3 * 4000 + 70_100);
  });
});

function bytesOf(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
