/**
 * V8 compiles a method for the shape of the instances it saw, and throws that code away when garbage is collected while none
 * of them is alive: it is compiled anew for the next source, and interpreted until then. (The shape of an object literal lives
 * as long as the function that it stands in.) Seen with `node --trace-opt --trace-deopt`, reason “weak objects”: `all`
 * compiled `PitchSpectrum.add` 24 times, and does so once.
 *
 * The same befalls a function that is made anew with each call, as a callback is, and an object that is spread from another.
 * Of 907 functions that `all` compiled, half of the compiler's time went into those that it had compiled before; so a loop
 * that takes long stands in a function of its module, which the callback calls, and what it reads is written field by field.
 */
const kept: object[] = [];

/** Keeps an instance, the smallest there is, for as long as the program runs. For classes whose instances come and go. */
export function keepShape(instance: object): void {
  kept.push(instance);
}
