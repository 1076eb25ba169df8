/** Figures of signals whose truth is known; they need no archive. */
import { bedLines } from './known/beds.mjs';
import { chordLines } from './known/chords.mjs';
import { cloudControlLines, cloudLines } from './known/clouds.mjs';
import { colourLines } from './known/colours.mjs';
import { knownControlLines } from './known/control.mjs';
import { courseLines } from './known/courses.mjs';
import { crossfadeLines } from './known/crossfades.mjs';
import { ditherLines } from './known/dither.mjs';
import { dustLines } from './known/dust.mjs';
import { faultLines } from './known/faults.mjs';
import { grainLines } from './known/grains.mjs';
import { hissLines } from './known/hiss.mjs';
import { levelLines } from './known/levels.mjs';
import { pulseLines } from './known/pulses.mjs';
import { repeatLines } from './known/repeats.mjs';
import { resamplerLines } from './known/resamplers.mjs';
import { ringLines } from './known/rings.mjs';
import { stretchLines } from './known/stretches.mjs';
import { swellLines } from './known/swells.mjs';
import { tempoLines } from './known/tempo.mjs';

export async function knownLines() {
  return [
    ...(await stretchLines()),
    ...chordLines(),
    ...(await tempoLines()),
    ...(await grainLines()),
    ...(await cloudLines()),
    ...cloudControlLines(),
    ...dustLines(),
    ...ringLines(),
    ...resamplerLines(),
    ...courseLines(),
    ...(await hissLines()),
    ...(await swellLines()),
    ...(await colourLines()),
    ...(await bedLines()),
    ...levelLines(),
    ...ditherLines(),
    ...(await repeatLines()),
    ...(await pulseLines()),
    ...(await crossfadeLines()),
    ...knownControlLines(),
    ...(await faultLines()),
  ];
}
