/** The kernels that make spectra of noise against plain twins, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import * as kernels from '../../src/dsp/kernels.ts';
import { phasors } from '../../src/dsp/phasors.ts';
import { Random } from '../../src/dsp/random.ts';
import { kernelFloats, kernelIntegers, workspace } from '../kernel-arrays.ts';

const COUNTS = [1, 4, 7, 64, 201];

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
    const found = workspace.integers(bins);
    one.drawInto(found, bins);
    const drawn = new Uint32Array(found);
    expect([...drawn]).toEqual(drawnBy(other, bins));
    expect(one.uniform()).toBe(other.uniform());
  });

  it('turn by directions of the table, two of each number', () => {
    const drawn = drawnBy(new Random('turns', bins), bins);
    const [turnRe, turnIm] = [workspace.floats(2 * bins), workspace.floats(2 * bins)];
    kernels.drawTurns(kernelIntegers(drawn), phasors, turnRe, turnIm, bins);
    const turns = drawn.flatMap((bits) => [directionOf((bits >>> 8) & 4095), directionOf(bits >>> 20)]);
    expect([...turnRe]).toEqual(turns.map(([re]) => re));
    expect([...turnIm]).toEqual(turns.map(([, im]) => im));
  });

  it('mix colours as the plain sum does, to the last bit', () => {
    const [one, other] = [numbers(bins, 0, 1), numbers(bins, 1, 2)];
    const mixed = workspace.floats(bins);
    kernels.mixColours(kernelFloats(one), kernelFloats(other), 0.3, mixed, bins);
    expect([...mixed]).toEqual(one.map((from, n) => Math.fround(from + 0.3 * (other[n] - from))));
  });

  it.each([1, 2])('fill a spectrum as the plain loop does, to the last bit; %i channels', (channelCount) => {
    const drawn = drawnBy(new Random('fill', bins), channelCount * bins);
    const powers = numbers(channelCount * bins, 0, 2);
    const coherence = numbers(bins, -1, 1);
    const [left, right] = [workspace.floats(2 * bins), workspace.floats(2 * bins)];
    const [integers, colour] = [kernelIntegers(drawn), kernelFloats(powers)];
    if (channelCount === 1) kernels.fillNoise(integers, phasors, colour, left, bins);
    else kernels.fillStereoNoise(integers, phasors, colour, kernelFloats(coherence), left, right, bins);
    for (let bin = 0; bin < bins; bin++) {
      const shared = directionOf(drawn[channelCount * bin] >>> 20);
      const ofBin = (spectrum: Float32Array) => [...spectrum.subarray(2 * bin, 2 * bin + 2)];
      expect(ofBin(left)).toEqual(shared.map((part) => Math.fround(Math.sqrt(powers[bin]) * part)));
      if (channelCount === 1) continue;
      const own = directionOf(drawn[2 * bin + 1] >>> 20);
      const alone = Math.sqrt(1 - coherence[bin] * coherence[bin]);
      const sum = shared.map((part, n) => coherence[bin] * part + alone * own[n]);
      expect(ofBin(right)).toEqual(sum.map((part) => Math.fround(Math.sqrt(powers[bins + bin]) * part)));
    }
  });

  it('add products of spectra as the plain sum does, to the last bit', () => {
    const [one, other, sums] = [numbers(2 * bins, -1, 0), numbers(2 * bins, -1, 1), numbers(bins, 0, 1)];
    const found = kernelFloats(sums);
    kernels.addBinProducts(kernelFloats(one), kernelFloats(other), found, bins);
    const product = (k: number) => one[2 * k] * other[2 * k] + one[2 * k + 1] * other[2 * k + 1];
    expect([...found]).toEqual(sums.map((sum, k) => Math.fround(sum + product(k))));
  });
});
