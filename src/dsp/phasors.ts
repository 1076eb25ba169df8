import { KernelWorkspace } from './kernel-memory.ts';
import { cos, sin } from './maths.ts';

/** Unit vectors that random phases are drawn from: 0.1° apart is far below what a phase drawn by chance could show. */
const DIRECTIONS = 4096;

/** Re and im of each direction, as the kernels of noise take them. Shared between callers: do not change it. */
export const phasors = new KernelWorkspace().floats(2 * DIRECTIONS);
for (let n = 0; n < DIRECTIONS; n++) {
  phasors[2 * n] = cos((2 * Math.PI * n) / DIRECTIONS);
  phasors[2 * n + 1] = sin((2 * Math.PI * n) / DIRECTIONS);
}
