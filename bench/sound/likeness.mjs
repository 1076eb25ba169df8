/** How alike two stretches of samples are, at the best of all places. */
import { fastFftSize, realFft } from '../../dist/dsp/fft.js';

/**
 * Normalised correlation of a piece with every place of a sound, without sign.
 * @param circular whether the sound goes round
 * @returns one value from 0 to 1 for each place at which the piece could begin
 */
export function likenessAlong(sound, piece, circular) {
  return likenessIn(sound, piece.length, circular)(piece);
}

/** As {@link likenessAlong}, for many pieces of one length: the sound is transformed once. */
export function likenessIn(sound, pieceLength, circular) {
  const places = circular ? sound.length : sound.length - pieceLength + 1;
  const field = new Float32Array(fastFftSize(sound.length + pieceLength));
  field.set(sound);
  if (circular) for (let n = 0; n < pieceLength; n++) field[sound.length + n] = sound[n % sound.length];
  const fft = realFft(field.length);
  const spectrum = fft.forward(field).slice();
  const levels = levelsOfPieces(field, pieceLength, places);
  const padded = new Float32Array(field.length);
  return (piece) => {
    padded.set(piece);
    const product = fft.forward(padded).slice();
    for (let k = 0; k < product.length; k += 2) {
      const re = spectrum[k] * product[k] + spectrum[k + 1] * product[k + 1];
      product[k + 1] = spectrum[k + 1] * product[k] - spectrum[k] * product[k + 1];
      product[k] = re;
    }
    const products = fft.inverse(product);
    let own = 0;
    for (const sample of piece) own += sample * sample;
    own = Math.sqrt(own);
    const likeness = new Float32Array(places);
    for (let at = 0; at < places; at++) {
      likeness[at] = Math.min(1, Math.abs(products[at]) / (own * levels[at] || Infinity));
    }
    return likeness;
  };
}

/** Root of the energy of each piece of a sound; at least 45 dB under the first, so that silence is like nothing. */
function levelsOfPieces(field, pieceLength, places) {
  let energy = 0;
  for (let n = 0; n < pieceLength; n++) energy += field[n] ** 2;
  const least = 1e-9 * energy;
  const levels = new Float64Array(places);
  for (let at = 0; at < places; at++) {
    levels[at] = Math.sqrt(Math.max(energy, least));
    energy += field[at + pieceLength] ** 2 - field[at] ** 2;
  }
  return levels;
}
