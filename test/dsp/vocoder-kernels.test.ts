/** The phase vocoder's kernels against plain twins, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import { FREE, kernels, memory } from '../../src/dsp/kernels.ts';
import { Random } from '../../src/dsp/random.ts';

const COUNTS = [1, 4, 7, 64, 201];
/** Room for the largest array and its margins, bytes. */
const ROOM = 4096;
const place = (index: number) => FREE + ROOM * index + 256;

function put(index: number, values: ArrayLike<number>): number {
  memory.floats.fill(0, (FREE + ROOM * index) >> 2, (FREE + ROOM * (index + 1)) >> 2);
  memory.floats.set(values, place(index) >> 2);
  return place(index);
}

const taken = (index: number, count: number) =>
  Array.from(memory.floats.subarray(place(index) >> 2, (place(index) >> 2) + count));

function numbers(count: number, ...seed: (string | number)[]): number[] {
  const random = new Random('vocoder', count, ...seed);
  return Array.from({ length: count }, () => Math.fround(random.between(-1, 1)));
}

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [n, value] of wanted.entries()) expect(found[n]).toBeCloseTo(value, 5);
}

describe.each(COUNTS)('the kernels on %i bins', (bins) => {
  it('multiplies arrays, and adds scaled products', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => numbers(bins, name));
    kernels.multiplyArrays(put(0, a), put(1, b), place(2), bins);
    expectNear(
      taken(2, bins),
      a.map((x, n) => x * b[n]),
    );
    kernels.addProduct(put(0, a), put(1, b), 0.3, put(2, c), bins);
    expectNear(
      taken(2, bins),
      a.map((x, n) => c[n] + 0.3 * x * b[n]),
    );
  });

  it('adds up cross-spectra and powers', () => {
    const [now, before, made] = ['now', 'before', 'made'].map((name) => numbers(2 * bins, name));
    const first = [3, 4, 5, 6].map((index) => put(index, numbers(bins, index)));
    kernels.addComparison(
      ...([put(0, now), put(1, before), put(2, made)] as const),
      ...([first[0], first[1], first[2], first[3], bins] as const),
    );
    const at = (spectrum: number[], k: number) => [spectrum[2 * k], spectrum[2 * k + 1]];
    const expected = Array.from({ length: bins }, (_, k) => {
      const [[x, y], [p, q], [s, t]] = [at(now, k), at(before, k), at(made, k)];
      return [s * p + t * q, t * p - s * q, x * x + y * y, p * p + q * q];
    });
    for (const [column, index] of [3, 4, 5, 6].entries()) {
      const start = numbers(bins, index);
      expectNear(
        taken(index, bins),
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
    kernels.findTurns(
      ...([put(0, re), put(1, im), put(2, now), put(3, before)] as const),
      ...([reach, 8, evenBins, place(4), place(5), bins] as const),
    );
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
      taken(4, bins),
      turns.map(([x]) => x),
    );
    expectNear(
      taken(5, bins),
      turns.map(([, y]) => y),
    );
  });

  it('takes silence for a turn of nothing', () => {
    for (const index of [0, 1, 2, 3]) put(index, new Float32Array(bins));
    kernels.findTurns(place(0), place(1), place(2), place(3), 3, 8, 4, place(4), place(5), bins);
    expect(taken(4, bins)).toEqual(new Array(bins).fill(1));
    expect(taken(5, bins)).toEqual(new Array(bins).fill(0));
  });

  it('turns every bin by its own turn', () => {
    const spectrum = numbers(2 * bins, 'spectrum');
    const [re, im] = [numbers(bins, 'turn re'), numbers(bins, 'turn im')];
    kernels.turnSpectrum(put(0, spectrum), put(1, re), put(2, im), place(3), bins);
    const wanted = re.flatMap((p, k) => {
      const [x, y, q] = [spectrum[2 * k], spectrum[2 * k + 1], im[k]];
      return [x * p - y * q, x * q + y * p];
    });
    expectNear(taken(3, 2 * bins), wanted);
  });
});
