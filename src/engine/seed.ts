/** Seeds are above 0 and below this: small enough to be typed again by hand. */
const BOUND = 0x80000000;

/** A fresh seed, for runs that name none; the manifest records it, so that the run can be repeated. */
export function freshSeed(): number {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (random % (BOUND - 1));
}
