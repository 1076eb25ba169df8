import { expect, it } from 'vitest';
import { softenChanges } from '../../src/dsp/soften-changes.ts';
import { chord, mixed, noise, RATE, rms } from '../signals.ts';

const FRAMES = 3 * RATE;
const SOFTENING = { medians: 1.3, leastDb: 1.2 };

/** The largest step of level from one 10 ms to the next, dB. */
function largestStep(ring: Float32Array): number {
  let largest = 0;
  for (let n = 0; n + 882 <= ring.length; n += 441) {
    largest = Math.max(
      largest,
      Math.abs(20 * Math.log10(rms(ring, n + 441, n + 882) / rms(ring, n, n + 441))),
    );
  }
  return largest;
}

/** A burst of noise of 0.2 s from sample `at` on, round the ring. */
const struck = (at: number) => {
  const ring = noise(FRAMES, 0.01);
  const burst = noise(0.2 * RATE, 0.3, 'burst');
  for (let n = 0; n < burst.length; n++)
    ring[(at + n) % FRAMES] += burst[n] * Math.exp((-8 * n) / burst.length);
  return ring;
};

it.each([RATE, FRAMES - 300])('draws out a strike at sample %i, over the end too', (at) => {
  const ring = struck(at);
  const before = largestStep(ring);
  softenChanges([ring], RATE, SOFTENING);
  expect(before).toBeGreaterThan(20);
  expect(largestStep(ring)).toBeLessThan(0.5 * before);
});

it('leaves what changes band by band, or not at all', () => {
  const [breath, held] = [noise(FRAMES, 0.1), mixed(chord([48, 55, 64], FRAMES, 0.1), noise(FRAMES, 0.01))];
  for (const sound of [breath, held]) {
    const ring = sound.slice();
    softenChanges([ring], RATE, SOFTENING);
    const difference = ring.map((x, n) => x - sound[n]);
    // Chance makes a few frames of noise stand out a little.
    expect(rms(difference) / rms(sound)).toBeLessThan(0.1);
  }
});
