/** How alike two stretches of samples are, at the best of all places. */
import { fastFftSize, realFft } from '../../dist/dsp/fft.js';

/**
 * Normalised correlation of a piece with every place of a sound, without sign.
 * @param circular whether the sound goes round
 * @returns one value from 0 to 1 for each place at which the piece could begin
 */
export function likenessAlong(sound, piece, circular) {
  const places = circular ? sound.length : sound.length - piece.length + 1;
  const field = new Float32Array(fastFftSize(sound.length + piece.length));
  field.set(sound);
  if (circular) for (let n = 0; n < piece.length; n++) field[sound.length + n] = sound[n % sound.length];
  const fft = realFft(field.length);
  const a = fft.forward(field);
  const padded = new Float32Array(field.length);
  padded.set(piece);
  const b = fft.forward(padded);
  for (let k = 0; k < a.length; k += 2) {
    const re = a[k] * b[k] + a[k + 1] * b[k + 1];
    a[k + 1] = a[k + 1] * b[k] - a[k] * b[k + 1];
    a[k] = re;
  }
  const products = fft.inverse(a);
  const own = Math.sqrt(piece.reduce((sum, x) => sum + x * x, 0));
  let energy = 0;
  for (let n = 0; n < piece.length; n++) energy += field[n] ** 2;
  const loudest = energy;
  return Float32Array.from({ length: places }, (_, at) => {
    const here = Math.sqrt(Math.max(energy, 1e-9 * loudest));
    energy += field[at + piece.length] ** 2 - field[at] ** 2;
    return Math.min(1, Math.abs(products[at]) / (own * here || Infinity));
  });
}
