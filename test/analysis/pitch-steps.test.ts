import { expect, it } from 'vitest';
import { stepsOf } from '../../src/analysis/pitch-steps.ts';
import { log2 } from '../../src/dsp/maths.ts';

it('places frequencies as one logarithm after the other does, to the bit', () => {
  const hertz = Float32Array.from({ length: 101 }, (_, n) => 20 * 1.07 ** n);
  const steps = stepsOf(hertz, 100, 120, 25);
  for (let n = 0; n < 100; n++) expect(steps[n]).toBe(120 * log2(hertz[n] / 25));
});
