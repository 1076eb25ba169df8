/** The kernels that add to rings against plain twins, to the last bit, on counts that are a multiple of four and not. */
import { describe, expect, it } from 'vitest';
import { FREE, kernels, memory } from '../../src/dsp/kernels.ts';
import { Random } from '../../src/dsp/random.ts';

/** Room for the largest array, bytes. */
const ROOM = 8192;
const place = (index: number) => FREE + ROOM * index;
const taken = (index: number, count: number) =>
  memory.floats.slice(place(index) >> 2, (place(index) >> 2) + count);

/** So many samples by chance, which also lie at a place. */
function put(index: number, count: number): Float32Array {
  const random = new Random('ring', index, count);
  const samples = Float32Array.from({ length: count }, () => random.between(-1, 1));
  memory.floats.set(samples, place(index) >> 2);
  return samples;
}

describe.each([1, 4, 7, 64, 1001])('the kernels of rings, %i samples', (count) => {
  it('part left and right into middle and side', () => {
    const [left, right] = [put(0, count), put(1, count)];
    kernels.splitSides(place(0), place(1), place(2), place(3), count);
    expect(taken(2, count)).toEqual(left.map((l, n) => (l + right[n]) / 2));
    expect(taken(3, count)).toEqual(left.map((l, n) => (l - right[n]) / 2));
  });

  it('add middle and side to left and right', () => {
    const [left, right, middle, side] = [0, 1, 2, 3].map((index) => put(index, count));
    kernels.addSides(place(0), place(1), place(2), place(3), count);
    expect(taken(0, count)).toEqual(left.map((l, n) => l + (middle[n] + side[n])));
    expect(taken(1, count)).toEqual(right.map((r, n) => r + (middle[n] - side[n])));
  });

  it('mix left and right', () => {
    const [left, right] = [put(0, count), put(1, count)];
    kernels.mixSides(place(0), place(1), 0.9, -0.1, count);
    expect(taken(0, count)).toEqual(left.map((l, n) => 0.9 * l - 0.1 * right[n]));
    expect(taken(1, count)).toEqual(right.map((r, n) => -0.1 * left[n] + 0.9 * r));
  });

  it('add a grain with a gain', () => {
    const [ring, grain] = [put(0, count), put(1, count)];
    kernels.addScaled(place(0), place(1), 0.3, count);
    expect(taken(0, count)).toEqual(ring.map((x, n) => x + 0.3 * grain[n]));
  });

  it('make gains of sums of squared envelopes', () => {
    const sums = put(0, count);
    kernels.overlapGains(place(0), 1e-8, count);
    expect(taken(0, count)).toEqual(sums.map((sum) => 1 / Math.sqrt(Math.max(sum, 1e-8))));
  });

  it('draw a Hann envelope and its square, a stretch at a time', () => {
    const step = (2 * Math.PI) / count;
    const cosines = [2 * Math.cos(step), Math.cos(-0.5 * step), Math.cos(0.5 * step)];
    memory.doubles.set(cosines, place(2) >> 3);
    const first = count >> 1;
    kernels.hannEnvelope(place(2), place(0), place(1), first);
    kernels.hannEnvelope(place(2), place(0) + 4 * first, place(1) + 4 * first, count - first);
    const [envelope, squared] = [taken(0, count), taken(1, count)];
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
    const powers = put(1, blocks).map(Math.abs);
    memory.floats.set(powers, place(1) >> 2);
    kernels.addBlockPowers(place(0), 0, first, frames, blocks, place(1));
    const rest = place(0) + 4 * starts[first];
    kernels.addBlockPowers(rest, first, blocks - first, frames, blocks, place(1) + 4 * first);
    for (const [block, found] of taken(1, blocks).entries()) {
      const part = samples.subarray(starts[block], starts[block + 1]);
      const mean = part.reduce((sum, x) => sum + x * x, 0) / part.length;
      expect(found).toBeCloseTo(powers[block] + mean, 6);
    }
  });

  it('multiply by lines between the middles of blocks, from any of them on', () => {
    const samples = put(0, frames);
    const gains = put(1, blocks + 2);
    const first = (blocks + 1) >> 1;
    const lineStart = (line: number) =>
      Math.max(0, Math.min(frames, Math.ceil(((line - 0.5) * frames) / blocks - 0.5)));
    kernels.rideGains(place(0), 0, first, frames, blocks, place(1));
    const rest = place(0) + 4 * lineStart(first);
    kernels.rideGains(rest, first, blocks + 1 - first, frames, blocks, place(1) + 4 * first);
    for (const [n, found] of taken(0, frames).entries()) {
      // In blocks, from the middle of the one before the first.
      const at = ((n + 0.5) * blocks) / frames + 0.5;
      const line = Math.floor(at);
      const gain = gains[line] + (gains[line + 1] - gains[line]) * (at - line);
      expect(found).toBeCloseTo(samples[n] * gain, 6);
    }
  });
});
