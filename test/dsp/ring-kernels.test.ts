/** The kernels that add to rings against plain twins, to the last bit, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import { type KernelFloats, partOf } from '../../src/dsp/kernel-memory.ts';
import * as kernels from '../../src/dsp/kernels.ts';
import { Random } from '../../src/dsp/random.ts';
import { kernelFloats, workspace } from '../kernel-arrays.ts';

/** So many samples by chance; the same for the same index. */
function samplesOf(index: number, count: number): Float32Array {
  const random = new Random('ring', index, count);
  return Float32Array.from({ length: count }, () => random.between(-1, 1));
}

/** The same where kernels can change them. */
const put = (index: number, count: number): KernelFloats => kernelFloats(samplesOf(index, count));

describe.each([1, 4, 7, 64, 1001])('the kernels of rings, %i samples', (count) => {
  const [a, b, c, d] = [0, 1, 2, 3].map((index) => samplesOf(index, count));

  it('part left and right into middle and side', () => {
    const [middle, side] = [workspace.floats(count), workspace.floats(count)];
    kernels.splitSides(put(0, count), put(1, count), middle, side, count);
    expect(middle).toEqual(a.map((l, n) => (l + b[n]) / 2));
    expect(side).toEqual(a.map((l, n) => (l - b[n]) / 2));
  });

  it('add middle and side to left and right', () => {
    const [left, right, middle, side] = [0, 1, 2, 3].map((index) => put(index, count));
    kernels.addSides(left, right, middle, side, count);
    expect(left).toEqual(a.map((l, n) => l + (c[n] + d[n])));
    expect(right).toEqual(b.map((r, n) => r + (c[n] - d[n])));
  });

  it('mix left and right', () => {
    const [left, right] = [put(0, count), put(1, count)];
    kernels.mixSides(left, right, 0.9, -0.1, count);
    expect(left).toEqual(a.map((l, n) => 0.9 * l - 0.1 * b[n]));
    expect(right).toEqual(b.map((r, n) => -0.1 * a[n] + 0.9 * r));
  });

  it('add a grain with a gain', () => {
    const ring = put(0, count);
    kernels.addScaled(ring, put(1, count), 0.3, count);
    expect(ring).toEqual(a.map((x, n) => x + 0.3 * b[n]));
  });

  it('make gains of sums of squared envelopes', () => {
    const sums = put(0, count);
    kernels.overlapGains(sums, 1e-8, count);
    expect(sums).toEqual(a.map((sum) => 1 / Math.sqrt(Math.max(sum, 1e-8))));
  });

  it('draw a Hann envelope and its square, a part at a time', () => {
    const step = (2 * Math.PI) / count;
    const cosines = workspace.struct('HannCosines');
    const [before, here] = [Math.cos(-0.5 * step), Math.cos(0.5 * step)];
    Object.assign(cosines, { twiceStep: 2 * Math.cos(step), before, here });
    const first = count >> 1;
    const [envelope, squared] = [workspace.floats(count), workspace.floats(count)];
    kernels.hannEnvelope(cosines, envelope, squared, first);
    kernels.hannEnvelope(cosines, partOf(envelope, first), partOf(squared, first), count - first);
    for (let n = 0; n < count; n++) {
      const exact = Math.sin((Math.PI * (n + 0.5)) / count) ** 2;
      expect(Math.abs(envelope[n] - exact)).toBeLessThan(1e-7);
      expect(Math.abs(squared[n] - exact * exact)).toBeLessThan(1e-7);
    }
  });
});

describe.each([
  [1, 1],
  [47, 1],
  [1000, 31],
  [1601, 50],
])('the kernels that ride levels, %i samples in %i blocks', (frames, blocks) => {
  const starts = Array.from({ length: blocks + 1 }, (_, block) => Math.round((block * frames) / blocks));

  it('add the mean square of each block, from any of them on', () => {
    const samples = put(0, frames);
    const first = blocks >> 1;
    const powers = samplesOf(1, blocks).map(Math.abs);
    const sums = kernelFloats(powers);
    kernels.addBlockPowers(samples, 0, first, frames, blocks, sums);
    const rest = partOf(samples, starts[first]);
    kernels.addBlockPowers(rest, first, blocks - first, frames, blocks, partOf(sums, first));
    for (const [block, found] of sums.entries()) {
      const part = samples.subarray(starts[block], starts[block + 1]);
      const mean = part.reduce((sum, x) => sum + x * x, 0) / part.length;
      expect(found).toBeCloseTo(powers[block] + mean, 6);
    }
  });

  it('multiply by lines between the middles of blocks, from any of them on', () => {
    const samples = samplesOf(0, frames);
    const ridden = kernelFloats(samples);
    const gains = put(1, blocks + 2);
    const first = (blocks + 1) >> 1;
    const lineStart = (line: number) =>
      Math.max(0, Math.min(frames, Math.ceil(((line - 0.5) * frames) / blocks - 0.5)));
    kernels.rideGains(ridden, 0, first, frames, blocks, gains);
    const rest = partOf(ridden, lineStart(first));
    kernels.rideGains(rest, first, blocks + 1 - first, frames, blocks, partOf(gains, first));
    for (const [n, found] of ridden.entries()) {
      // In blocks, from the middle of the one before the first.
      const at = ((n + 0.5) * blocks) / frames + 0.5;
      const line = Math.floor(at);
      const gain = gains[line] + (gains[line + 1] - gains[line]) * (at - line);
      expect(found).toBeCloseTo(samples[n] * gain, 6);
    }
  });
});

describe('the kernels of bands and parts', () => {
  it('lay gains of bands over bins', () => {
    const gains = kernelFloats(Float32Array.of(1, 3, 2));
    const below = workspace.integers(5);
    below.set([0, 0, 0, 1, 1]);
    const share = kernelFloats(Float32Array.of(0, 0.25, 0.5, 0, 1));
    const change = workspace.floats(5);
    kernels.bandChange(gains, below, share, change, 5);
    expect([...change]).toEqual([0, 0.5, 1, 2, 1]);
    const spectrum = put(0, 10);
    kernels.scaleBins(spectrum, change, 5);
    expect(spectrum).toEqual(samplesOf(0, 10).map((x, n) => x * change[n >> 1]));
  });

  it('add up samples by eights', () => {
    const sums = kernelFloats(Float32Array.of(1, 0, 0));
    kernels.addEightSums(kernelFloats(Float32Array.from({ length: 24 }, (_, n) => n)), 3, sums);
    expect([...sums]).toEqual([29, 92, 156]);
  });

  it('find the weights of parts that overlap', () => {
    // Two parts that share half of themselves; what is wanted is two of the first and one of the second.
    const overlaps = kernelFloats(Float32Array.of(1, 0.5, 0, 0, 0.5, 1, 0, 0));
    const wanted = kernelFloats(Float32Array.of(2.5, 2, 0, 0));
    const weights = kernelFloats(Float32Array.of(1, 1, 0, 0));
    kernels.updateWeights(overlaps, wanted, weights, workspace.floats(4), 2, 4, 1e-9, 400);
    expect(weights[0]).toBeCloseTo(2, 4);
    expect(weights[1]).toBeCloseTo(1, 4);
    expect([weights[2], weights[3]]).toEqual([0, 0]);
  });
});
