/** The kernels that make spectra of noise against plain twins, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import { FREE, kernels, memory } from '../../src/dsp/kernels.ts';
import { loadPhasors, PHASORS_SIZE } from '../../src/dsp/phasors.ts';
import { Random } from '../../src/dsp/random.ts';

const COUNTS = [1, 4, 7, 64, 201];
const PHASORS = FREE;
/** Room for the largest array, bytes. */
const ROOM = 4096;
const place = (index: number) => PHASORS + 4 * PHASORS_SIZE + ROOM * index;
const taken = (index: number, count: number) =>
  Array.from(memory.floats.subarray(place(index) >> 2, (place(index) >> 2) + count));

function put(index: number, values: readonly number[]): number {
  memory.floats.set(values, place(index) >> 2);
  return place(index);
}

/** What a generator draws one by one, made for comparison with what another of the same words draws at a time. */
const drawnBy = (random: Random, count: number) => Array.from({ length: count }, () => random.below(2 ** 32));

const numbers = (count: number, low: number, high: number) => {
  const random = new Random('noise', count, low, high);
  return Array.from({ length: count }, () => Math.fround(random.between(low, high)));
};

const directionOf = (index: number) => [
  Math.fround(Math.cos((2 * Math.PI * index) / 4096)),
  Math.fround(Math.sin((2 * Math.PI * index) / 4096)),
];

describe.each(COUNTS)('the kernels of noise, %i bins', (bins) => {
  it('draw what a generator draws one by one, and leave it where it would be', () => {
    const [one, other] = [new Random('twin', bins), new Random('twin', bins)];
    one.uniform();
    other.uniform();
    one.drawInto(place(0), bins);
    const drawn = new Uint32Array(memory.integers.slice(place(0) >> 2, (place(0) >> 2) + bins));
    expect([...drawn]).toEqual(drawnBy(other, bins));
    expect(one.uniform()).toBe(other.uniform());
  });

  it('turn by directions of the table, two of each number', () => {
    const drawn = drawnBy(new Random('turns', bins), bins);
    loadPhasors(PHASORS);
    memory.integers.set(drawn, place(0) >> 2);
    kernels.drawTurns(place(0), PHASORS, place(1), place(2), bins);
    const turns = drawn.flatMap((bits) => [directionOf((bits >>> 8) & 4095), directionOf(bits >>> 20)]);
    expect(taken(1, 2 * bins)).toEqual(turns.map(([re]) => re));
    expect(taken(2, 2 * bins)).toEqual(turns.map(([, im]) => im));
  });

  it('mix colours as the plain sum does, to the last bit', () => {
    const [one, other] = [numbers(bins, 0, 1), numbers(bins, 1, 2)];
    kernels.mixColours(put(0, one), put(1, other), 0.3, place(2), bins);
    expect(taken(2, bins)).toEqual(one.map((from, n) => Math.fround(from + 0.3 * (other[n] - from))));
  });

  it.each([1, 2])('fill a spectrum as the plain loop does, to the last bit; %i channels', (channelCount) => {
    const drawn = drawnBy(new Random('fill', bins), channelCount * bins);
    const powers = numbers(channelCount * bins, 0, 2);
    const coherence = numbers(bins, -1, 1);
    loadPhasors(PHASORS);
    memory.integers.set(drawn, place(0) >> 2);
    const coherenceAt = put(2, coherence);
    kernels.fillNoise(
      ...([place(0), PHASORS, put(1, powers), channelCount === 2 ? coherenceAt : 0] as const),
      ...([place(3), place(4), bins] as const),
    );
    for (let bin = 0; bin < bins; bin++) {
      const [left, right] = [3, 4].map((index) => taken(index, 2 * bins).slice(2 * bin, 2 * bin + 2));
      const shared = directionOf(drawn[channelCount * bin] >>> 20);
      expect(left).toEqual(shared.map((part) => Math.fround(Math.sqrt(powers[bin]) * part)));
      if (channelCount === 1) continue;
      const own = directionOf(drawn[2 * bin + 1] >>> 20);
      const alone = Math.sqrt(1 - coherence[bin] * coherence[bin]);
      const sum = shared.map((part, n) => coherence[bin] * part + alone * own[n]);
      expect(right).toEqual(sum.map((part) => Math.fround(Math.sqrt(powers[bins + bin]) * part)));
    }
  });

  it('add products of spectra as the plain sum does, to the last bit', () => {
    const [one, other, sums] = [numbers(2 * bins, -1, 0), numbers(2 * bins, -1, 1), numbers(bins, 0, 1)];
    kernels.addBinProducts(put(0, one), put(1, other), put(2, sums), bins);
    const product = (k: number) => one[2 * k] * other[2 * k] + one[2 * k + 1] * other[2 * k + 1];
    expect(taken(2, bins)).toEqual(sums.map((sum, k) => Math.fround(sum + product(k))));
  });
});
