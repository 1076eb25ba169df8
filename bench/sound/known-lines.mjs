/** Figures of signals whose truth is known; they need no archive. */
import { chordLines } from './known/chords.mjs';
import { knownControlLines } from './known/control.mjs';
import { ditherLines } from './known/dither.mjs';
import { faultLines } from './known/faults.mjs';
import { grainLines } from './known/grains.mjs';
import { ringLines } from './known/rings.mjs';
import { stretchLines } from './known/stretches.mjs';

export async function knownLines() {
  return [
    ...(await stretchLines()),
    ...(await chordLines()),
    ...(await grainLines()),
    ...ringLines(),
    ...ditherLines(),
    ...knownControlLines(),
    ...(await faultLines()),
  ];
}
