/**
 * The functions whose last bits differ between JavaScript engines, as the engine's own: the same bits on every Node and
 * in every browser. All rooms take them from here, but for the pages' drawing; the linter forbids the others
 * (docs/DECISIONS.md, "Bring our own mathematics"). What is left of Math is the same everywhere: roots, rounding, minimum and maximum.
 *
 * They are musl's, compiled by AssemblyScript (assembly/functions.ts), and a call costs what one of Math costs: 12 to 26 ns.
 * None was found more than 1 unit in the last place from the true value (test/dsp/maths-values.json). Special values
 * are those of Math. Powers of two are exact; so are those of ten up to 1e22, and the logarithms of both.
 *
 * Sines, cosines and tangents hold that for all arguments up to 1.6e6, and beyond but for those few that happen to lie
 * within 1e-10 of a multiple of π/2: at the nearest one there is, 5.3e255, the cosine is off by 3e-30.
 */
export { atan, atan2, cos, exp, log, log2, log10, pow, sin, tan } from './kernels.ts';

/** x², as every engine multiplies. */
export function square(x: number): number {
  return x * x;
}
