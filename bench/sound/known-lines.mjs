/** Figures of signals whose truth is known; they need no archive. */
import { bedLines } from './known/beds.mjs';
import { chordLines } from './known/chords.mjs';
import { colourLines } from './known/colours.mjs';
import { knownControlLines } from './known/control.mjs';
import { ditherLines } from './known/dither.mjs';
import { faultLines } from './known/faults.mjs';
import { grainLines } from './known/grains.mjs';
import { hissLines } from './known/hiss.mjs';
import { levelLines } from './known/levels.mjs';
import { repeatLines } from './known/repeats.mjs';
import { ringLines } from './known/rings.mjs';
import { stretchLines } from './known/stretches.mjs';
import { swellLines } from './known/swells.mjs';
import { tempoLines } from './known/tempo.mjs';

export async function knownLines() {
  return [
    ...(await stretchLines()),
    ...(await chordLines()),
    ...(await tempoLines()),
    ...(await grainLines()),
    ...ringLines(),
    ...(await hissLines()),
    ...(await swellLines()),
    ...(await colourLines()),
    ...(await bedLines()),
    ...levelLines(),
    ...ditherLines(),
    ...(await repeatLines()),
    ...knownControlLines(),
    ...(await faultLines()),
  ];
}
