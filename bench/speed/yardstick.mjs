/** A piece of work that no change of the engine touches: figures that are divided by its time can be compared. */
import { cpuSeconds } from './stage-clock.mjs';

const SIZE = 2048;
/** Transforms a measurement: about a quarter of a CPU second. */
const TRANSFORMS = 2000;

/** CPU seconds that plain radix-2 transforms of noise take in this process, right now. */
export function yardstickSeconds() {
  const re = new Float64Array(SIZE);
  const im = new Float64Array(SIZE);
  const cos = Float64Array.from({ length: SIZE / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / SIZE));
  const sin = Float64Array.from({ length: SIZE / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / SIZE));
  // A tenth of them once before, so that the compiler is done with the loop.
  for (let i = 0; i < TRANSFORMS / 10; i++) transform(re, im, cos, sin);
  const before = cpuSeconds();
  for (let i = 0; i < TRANSFORMS; i++) {
    for (let n = 0; n < SIZE; n++) {
      re[n] = ((n * 7919 + i) % 1024) / 512 - 1;
      im[n] = 0;
    }
    transform(re, im, cos, sin);
  }
  return cpuSeconds() - before;
}

/** Decimation in frequency, in place; the order of its output does not matter here. */
function transform(re, im, cos, sin) {
  for (let half = SIZE / 2, step = 1; half >= 1; half >>= 1, step <<= 1) {
    for (let start = 0; start < SIZE; start += 2 * half) {
      for (let k = 0, at = start; k < half; k++, at++) {
        const [a, b] = [re[at] - re[at + half], im[at] - im[at + half]];
        re[at] += re[at + half];
        im[at] += im[at + half];
        re[at + half] = a * cos[k * step] - b * sin[k * step];
        im[at + half] = a * sin[k * step] + b * cos[k * step];
      }
    }
  }
}
