/** The phase vocoder's kernels against plain twins, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import { type KernelFloats, partOf } from '../../src/dsp/kernel-memory.ts';
import * as kernels from '../../src/dsp/kernels.ts';
import { Random } from '../../src/dsp/random.ts';
import { kernelFloats, workspace } from '../kernel-arrays.ts';

const COUNTS = [1, 4, 7, 64, 201];
/** Zeros before and behind, as the kernels want them that look at neighbours; more than any reach here. */
const MARGIN = 64;

/** Numbers with margins. */
function put(values: ArrayLike<number>): KernelFloats {
  const whole = workspace.floats(values.length + 2 * MARGIN);
  whole.set(values, MARGIN);
  return partOf(whole, MARGIN, MARGIN + values.length);
}

function numbers(count: number, ...seed: (string | number)[]): number[] {
  const random = new Random('vocoder', count, ...seed);
  return Array.from({ length: count }, () => Math.fround(random.between(-1, 1)));
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [n, value] of wanted.entries()) expect(found[n]).toBeCloseTo(value, 5);
}

describe.each(COUNTS)('the kernels on %i bins', (bins) => {
  it('multiplies arrays, and adds scaled products', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => numbers(bins, name));
    const product = workspace.floats(bins);
    kernels.multiplyArrays(put(a), put(b), product, bins);
    expectNear(
      product,
      a.map((x, n) => x * b[n]),
    );
    const sum = put(c);
    kernels.addProduct(put(a), put(b), 0.3, sum, bins);
    expectNear(
      sum,
      a.map((x, n) => c[n] + 0.3 * x * b[n]),
    );
  });

  it('adds up cross-spectra and powers', () => {
    const [now, before, made] = ['now', 'before', 'made'].map((name) => numbers(2 * bins, name));
    const starts = [3, 4, 5, 6].map((index) => numbers(bins, index));
    const sums = starts.map(put);
    const [crossRe, crossIm, powerNow, powerBefore] = sums;
    const spectra = [put(now), put(before), put(made)] as const;
    kernels.addComparison(...spectra, crossRe, crossIm, powerNow, powerBefore, bins);
    const at = (spectrum: number[], k: number) => [spectrum[2 * k], spectrum[2 * k + 1]];
    const expected = Array.from({ length: bins }, (_, k) => {
      const [[x, y], [p, q], [s, t]] = [at(now, k), at(before, k), at(made, k)];
      return [s * p + t * q, t * p - s * q, x * x + y * y, p * p + q * q];
    });
    for (const [column, start] of starts.entries()) {
      expectNear(
        sums[column],
        expected.map((row, k) => start[k] + row[column]),
      );
    }
  });

  it.each([
    [0, 0],
    [1, 0],
    [9, 0],
    [9, 8],
    [0, 400],
  ])('finds smoothed turns, none where power rose within %i bins, evenly in %i bins', (reach, evenBins) => {
    const [re, im] = [numbers(bins, 're'), numbers(bins, 'im')];
    const before = numbers(bins, 'before').map(Math.abs);
    const now = before.map((power, k) => power * (k % 37 === 20 ? 400 : 1.5));
    const [turnRe, turnIm] = [workspace.floats(bins), workspace.floats(bins)];
    const sums = [put(re), put(im), put(now), put(before)] as const;
    kernels.findTurns(...sums, reach, 8, evenBins, turnRe, turnIm, bins);
    const sum = (values: number[], from: number, to: number) =>
      values.slice(Math.max(0, from), Math.max(0, to)).reduce((total, value) => total + value, 0);
    const size = (k: number) => Math.sqrt((re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2);
    const smooth = (values: number[], k: number) =>
      [k - 1, k + 1].reduce((total, neighbour) => {
        const gain = k < evenBins && size(neighbour) > size(k) ? size(k) / size(neighbour) : 1;
        return total + gain * (values[neighbour] ?? 0);
      }, 2 * values[k]);
    const turns = re.map((_, k) => {
      const around = (values: number[]) => sum(values, k - reach, k + reach + 1);
      if (around(now) > 8 * around(before)) return [1, 0];
      const length = Math.sqrt(smooth(re, k) ** 2 + smooth(im, k) ** 2);
      return [smooth(re, k) / length, smooth(im, k) / length];
    });
    expectNear(
      turnRe,
      turns.map(([x]) => x),
    );
    expectNear(
      turnIm,
      turns.map(([, y]) => y),
    );
  });

  it('takes silence for a turn of nothing', () => {
    const [re, im, now, before] = [0, 1, 2, 3].map(() => put(new Float32Array(bins)));
    const [turnRe, turnIm] = [workspace.floats(bins), workspace.floats(bins)];
    kernels.findTurns(re, im, now, before, 3, 8, 4, turnRe, turnIm, bins);
    expect([...turnRe]).toEqual(new Array(bins).fill(1));
    expect([...turnIm]).toEqual(new Array(bins).fill(0));
  });

  it('turns every bin by its own turn', () => {
    const spectrum = numbers(2 * bins, 'spectrum');
    const [re, im] = [numbers(bins, 'turn re'), numbers(bins, 'turn im')];
    const turned = workspace.floats(2 * bins);
    kernels.turnSpectrum(kernelFloats(spectrum), kernelFloats(re), kernelFloats(im), turned, bins);
    const wanted = re.flatMap((p, k) => {
      const [x, y, q] = [spectrum[2 * k], spectrum[2 * k + 1], im[k]];
      return [x * p - y * q, x * q + y * p];
    });
    expectNear(turned, wanted);
  });
});
