import { exp, pow } from '../dsp/maths.ts';
import { type PitchSpectrum, pitchStep } from './pitch-spectrum.ts';
import { offsetCents, type RootEstimate } from './root.ts';
import { LOWEST_NOTE, type SoundingNotes } from './sounding-notes.ts';

/** Chords that a held moment may be, as semitones above their root; one note and open fifths among them. */
const CHORDS = [
  [0],
  [0, 7],
  [0, 3],
  [0, 4],
  [0, 4, 7],
  [0, 3, 7],
  [0, 3, 6],
  [0, 2, 7],
  [0, 5, 7],
  [0, 4, 7, 10],
  [0, 4, 7, 11],
  [0, 3, 7, 10],
  [0, 2, 4, 7],
  [0, 2, 4, 7, 10],
  [0, 2, 4, 7, 11],
  [0, 2, 3, 7, 10],
] as const;
/** A note this strong counts in full: chords are seldom even. */
const FULL_LEVEL = 0.65;
/** Above C3 notes count less and less, by a factor of e over these many semitones: high ones are melody and overtones. */
const EVEN_TO_NOTE = 48;
const TREBLE_DECAY = 44;
/** The lowest note of this level is the bass, if its own partial sounds too: -30 dB or so. */
const BASS_LEVEL = 0.16;
const BASS_PARTIAL = 0.1;
/** What a root in the bass is worth, in likeness. An inversion loses no more by it than its chord makes good. */
const BASS_BONUS = 0.02;
/**
 * Likeness to the best chord: of noise and drums up to 0.76, of mixes about 0.77, of 600 rendered chords from 0.89 up (all
 * but one in a hundred). Below the first there is no confidence, from the second on all of it.
 */
const NO_CHORD = 0.8;
const CLEAR_CHORD = 0.92;
/** A lead this large over the best other root makes full confidence; a lone note leads by 0.3, a major triad by 0.13. */
const CLEAR_LEAD = 0.08;

/**
 * Root of a chord, its lowest octave that sounds: the root of the chord that is most like the notes, whatever note lies in
 * the bass. Confidence is the lead over every other root, times how much like a chord it is at all.
 *
 * Measured on 600 chords of 25 instruments (triads to ninths, suspended, inverted, up to 45 cents off): with a confidence
 * of 0.2 and more, 96 % right and 0.7 % wrong; the rest is not said. See docs/SOUND-QUALITY.md.
 * @param pitches what the notes were found in: for the exact pitch
 */
export function chordRoot(notes: SoundingNotes, pitches: PitchSpectrum): RootEstimate {
  const bass = bassOf(notes) % 12;
  const likeness = rootLikeness(notes.levels, bass);
  let best = 0;
  for (let root = 1; root < 12; root++) if (likeness[root] > likeness[best]) best = root;
  const rival = likeness.reduce((most, value, root) => (root === best ? most : Math.max(most, value)), 0);
  const fit = likeness[best] - (bass === best ? BASS_BONUS : 0);
  const confidence =
    within01((fit - NO_CHORD) / (CLEAR_CHORD - NO_CHORD)) * within01((likeness[best] - rival) / CLEAR_LEAD);
  return { ...exactly(lowestOf(notes, best) + notes.tuningCents / 100, pitches), confidence };
}

/** How much each pitch class weighs: of all its notes together. */
export function pitchClassWeights(levels: Float64Array): Float64Array {
  const weights = new Float64Array(12);
  levels.forEach((level, n) => {
    const note = LOWEST_NOTE + n;
    const treble = note < EVEN_TO_NOTE ? 1 : exp((EVEN_TO_NOTE - note) / TREBLE_DECAY);
    weights[note % 12] += Math.min(1, level / FULL_LEVEL) * treble;
  });
  return weights;
}

/** Of each pitch class, the cosine between the weights and the chord over it that is most like them. */
function rootLikeness(levels: Float64Array, bass: number): Float64Array {
  const weights = pitchClassWeights(levels);
  const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
  return Float64Array.from({ length: 12 }, (_, root) => {
    let most = 0;
    for (const chord of CHORDS) {
      let sum = 0;
      for (const above of chord) sum += weights[(root + above) % 12];
      most = Math.max(most, sum / (norm * Math.sqrt(chord.length)));
    }
    return most + (root === bass ? BASS_BONUS : 0);
  });
}

/** MIDI note of the lowest note that is strong enough; the strongest where none is. */
function bassOf({ levels, fundamentals }: SoundingNotes): number {
  const lowest = levels.findIndex((level, n) => level > BASS_LEVEL && fundamentals[n] > BASS_PARTIAL);
  return LOWEST_NOTE + (lowest < 0 ? levels.indexOf(1) : lowest);
}

/** MIDI note of a pitch class: the lowest that is strong enough, or else its strongest. */
function lowestOf({ levels, fundamentals }: SoundingNotes, pitchClass: number): number {
  let strongest = pitchClass;
  for (let n = pitchClass; n < levels.length; n += 12) {
    if (levels[n] > BASS_LEVEL && fundamentals[n] > BASS_PARTIAL) return LOWEST_NOTE + n;
    if (levels[n] > levels[strongest]) strongest = n;
  }
  return LOWEST_NOTE + strongest;
}

/** Note and cents of the partials about a pitch in semitones. */
function exactly(pitch: number, { values }: PitchSpectrum): Pick<RootEstimate, 'note' | 'cents'> {
  const exact = pitchStep(440 * pow(2, (pitch - 69) / 12));
  const step = Math.round(exact);
  const offset = offsetCents(values, step);
  const found = offset === null ? pitch : pitch + (offset + 10 * (step - exact)) / 100;
  const note = Math.round(found);
  return { note, cents: 100 * (found - note) };
}

function within01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
