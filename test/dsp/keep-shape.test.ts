import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const PROGRAM = `
import { PitchSpectrum } from './dist/analysis/pitch-spectrum.js';
const peaks = { count: 2, frequency: Float32Array.of(110, 220), amplitude: Float32Array.of(1, 0.5) };
const listen = () => {
  const pitches = new PitchSpectrum();
  for (let n = 0; n < 100; n++) pitches.add(peaks);
};
const { add } = PitchSpectrum.prototype;
const isCompiled = () => (%GetOptimizationStatus(add) & 16) !== 0;
// What only a call left on the stack would keep, or a thread that compiles, is let go of.
const rest = () => new Promise((resolve) => setTimeout(resolve, 5));
for (let n = 0; n < 20 && !isCompiled(); n++) {
  %PrepareFunctionForOptimization(add);
  listen();
  %OptimizeFunctionOnNextCall(add);
  listen();
  await rest();
}
const before = isCompiled();
for (let n = 0; n < 3; n++) {
  gc();
  await rest();
}
console.log(before, isCompiled());
`;

it('keeps compiled code when the last instance is gone', () => {
  const flags = ['--allow-natives-syntax', '--expose-gc', '--input-type=module', '--eval', PROGRAM];
  expect(execFileSync(process.execPath, flags, { encoding: 'utf8' }).trim()).toBe('true true');
});
