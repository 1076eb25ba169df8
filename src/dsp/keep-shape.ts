/**
 * V8 compiles a method for the shape of the instances it saw, and throws that code away when garbage is collected while none
 * of them is alive: it is compiled anew for the next source, and interpreted until then. (The shape of an object literal lives
 * as long as the function that it stands in.) Seen with `node --trace-opt --trace-deopt`, reason “weak objects”: `all`
 * compiled `PitchSpectrum.add` 24 times, and does so once.
 */
const kept: object[] = [];

/** Keeps an instance, the smallest there is, for as long as the program runs. For classes whose instances come and go. */
export function keepShape(instance: object): void {
  kept.push(instance);
}
