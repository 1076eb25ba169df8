import { memory } from './kernels.ts';
import { cos, sin } from './maths.ts';

/** Unit vectors that random phases are drawn from: 0.1° apart is far below what a phase drawn by chance could show. */
const DIRECTIONS = 4096;

const phasors = new Float32Array(2 * DIRECTIONS);
for (let n = 0; n < DIRECTIONS; n++) {
  phasors[2 * n] = cos((2 * Math.PI * n) / DIRECTIONS);
  phasors[2 * n + 1] = sin((2 * Math.PI * n) / DIRECTIONS);
}

/** Floats that the table takes. */
export const PHASORS_SIZE = phasors.length;

/** Puts the table, re and im of each direction, into the kernels' memory. */
export function loadPhasors(at: number): void {
  memory.floats.set(phasors, at >> 2);
}
