/** The kernels' memory: whose is whose, and that none is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copySamples, KernelWorkspace, partOf, withWorkspace } from '../../src/dsp/kernel-memory.ts';
import { Random } from '../../src/dsp/random.ts';
import { type Span, SpanList } from '../../src/dsp/span-list.ts';
import { largestFree } from '../kernel-arrays.ts';
import { noise } from '../signals.ts';

describe('a list of free spans', () => {
  it('never gives two the same, and is whole again when all have been given back, in any order', () => {
    const commands = fc.array(fc.integer({ min: -20, max: 400 }), { maxLength: 60 });
    fc.assert(
      fc.property(commands, (sizes) => {
        const list = new SpanList(16, 2000);
        const taken: Span[] = [];
        for (const size of sizes) {
          if (size > 0) {
            const span = list.take(size);
            if (span === null) continue;
            expect(span.end - span.start).toBe(size);
            expect(span.start >= 16 && span.end <= 2000).toBe(true);
            expect(taken.every(({ start, end }) => end <= span.start || start >= span.end)).toBe(true);
            taken.push(span);
          } else if (taken.length > 0) list.give(taken.splice(-size % taken.length, 1)[0]);
        }
        for (const span of taken) list.give(span);
        expect(list.take(1984)).toEqual({ start: 16, end: 2000 });
      }),
    );
  });
});

describe('a workspace', () => {
  it('has arrays and structs that nobody else writes to', () => {
    const [one, other] = [new KernelWorkspace(), new KernelWorkspace()];
    const owned = [one, other, one, other].map((own, n) => {
      const arrays = [own.floats(5 + n), own.doubles(3), own.integers(7), own.bytes(2)];
      for (const array of arrays) array.fill(n + 1);
      const struct = own.struct('ProductSums');
      Object.assign(struct, { both: n + 1, one: n + 1, other: n + 1 });
      return { arrays, struct };
    });
    for (const [n, { arrays, struct }] of owned.entries()) {
      for (const array of arrays) expect(new Set(array)).toEqual(new Set([n + 1]));
      expect([struct.both, struct.one, struct.other]).toEqual([n + 1, n + 1, n + 1]);
    }
    one.release();
    other.release();
  });

  it('begins as zeros, also where somebody else left numbers', () => {
    withWorkspace((own) => own.floats(100_000).fill(Number.NaN));
    withWorkspace((own) => {
      expect(own.floats(100_000).every((value) => value === 0)).toBe(true);
      expect(own.struct('LevelSums').energy).toBe(0);
    });
  });

  it('has every field of a struct for itself, several of them one behind the other', () => {
    withWorkspace((own) => {
      const [first, second] = own.structs('Section', 2);
      Object.assign(first, { b0: 1, b1: 2, b2: 3, a1: 4, a2: 5 });
      Object.assign(second, { b0: 6, b1: 7, b2: 8, a1: 9, a2: 10 });
      expect([first.b0, first.b1, first.b2, first.a1, first.a2]).toEqual([1, 2, 3, 4, 5]);
      expect([second.b0, second.b1, second.b2, second.a1, second.a2]).toEqual([6, 7, 8, 9, 10]);
    });
  });

  it('gives its memory back: a long run of all sizes needs no more than a short one', () => {
    const before = largestFree();
    const random = new Random('long run');
    const living: KernelWorkspace[] = [];
    for (let n = 0; n < 20_000; n++) {
      const own = new KernelWorkspace();
      own.floats(random.below(50_000));
      own.structs('LevelSums', random.below(20));
      living.push(own);
      if (living.length > 8) living.splice(random.below(living.length), 1)[0].release();
    }
    for (const own of living) own.release();
    expect(largestFree()).toBe(before);
  });

  it('is given back where the work in it fails, and says when there is no room', () => {
    const before = largestFree();
    const work = () => withWorkspace((own) => [own.floats(1000), own.bytes(2 ** 26)]);
    expect(work).toThrow('There is no memory for 67108864 bytes beside the kernels.');
    expect(largestFree()).toBe(before);
  });
});

describe('copying samples', () => {
  it.each([-7, 0, 3, 90, 200])('from %i on fills up with zeros', (first) => {
    const samples = noise(100);
    const wanted = Float32Array.from({ length: 30 }, (_, n) => samples[first + n] ?? 0);
    withWorkspace((own) => {
      const to = own.floats(40).fill(9) as ReturnType<typeof own.floats>;
      copySamples(samples, first, 30, to);
      expect(partOf(to, 0, 30)).toEqual(wanted);
      expect([...to.subarray(30)]).toEqual(new Array(10).fill(9));
    });
  });
});
