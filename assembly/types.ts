/**
 * What lies at an address. The compiler takes them all for addresses; `npm run kernels` reads the names, and gives every
 * function a signature in src/dsp/kernels.ts that takes arrays of this kind. All begin at a multiple of 16 bytes, or as many
 * numbers after one.
 */
/** f32, one after the other. */
export type Floats = usize;
/** f64. */
export type Doubles = usize;
/** i32 or u32. */
export type Integers = usize;
export type Bytes = usize;
