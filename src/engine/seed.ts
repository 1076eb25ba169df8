import { randomInt } from 'node:crypto';

/**
 * A fresh seed, for runs that name none; the manifest records it, so that the run can be repeated.
 * Small enough to be typed again by hand.
 */
export function freshSeed(): number {
  return randomInt(1, 0x80000000);
}
