import { expect, it } from 'vitest';
import * as kernels from '../../src/dsp/kernels.ts';
import { kernelFloats } from '../kernel-arrays.ts';
import { noise } from '../signals.ts';

const FEEDBACK = 0.6;

it.each([1, 4, 7, 64, 201])(
  'the all-pass of %i samples is that of a plain twin, and keeps as many',
  (count) => {
    const [samples, kept] = [noise(count + 4, 1, 'in'), noise(count + 4, 1, 'kept')];
    const [found, left] = [samples, kept].map(kernelFloats);
    kernels.allPass(found, left, FEEDBACK, count);
    for (let n = 0; n < count; n++) {
      const now = samples[n] + FEEDBACK * kept[n];
      samples[n] = kept[n] - FEEDBACK * now;
      kept[n] = now;
    }
    // What lies behind is the next samples'.
    expect([...found]).toEqual([...samples]);
    expect([...left]).toEqual([...kept]);
  },
);
