import { atan, cos, exp, log, pow, sin } from '../dsp/maths.ts';

const OWN = { atan, cos, exp, log, pow, sin };

/**
 * Makes a decoder that reckons with the engine's own functions. The packages of Vorbis and Opus hold no sine of their own: the WebAssembly
 * calls those of the Math that it finds when it is made, whose last bits differ between JavaScript engines, and so would the
 * sound. They are taken from there before `make` returns, and then Math is as it was: nobody else sees another.
 */
export function withOwnMaths<T>(make: () => T): T {
  // biome-ignore lint/plugin: put back at once, and the reason for all this.
  const usual = Math;
  const { atan, cos, exp, log, pow, sin } = usual;
  try {
    Object.assign(usual, OWN);
    return make();
  } finally {
    Object.assign(usual, { atan, cos, exp, log, pow, sin });
  }
}
