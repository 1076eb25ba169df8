import { cos, log2 } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { longPitchSpectrum } from './long-spectrum.ts';
import { midiNote, type PitchSpectrum, pitchStep, STEPS_PER_OCTAVE } from './pitch-spectrum.ts';

export interface RootEstimate {
  /** MIDI note, 60 = middle C. */
  readonly note: number;
  /** How far the sound lies above (positive) or below that note, cents, -50 to 50. */
  readonly cents: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Roots within half a semitone, octaves apart, are one note. */
const SAME_NOTE = 0.5;
/** Just below C1 (32.7 Hz), the lowest note of most basses. */
const LOWEST_ROOT_HZ = 32;
/** Just above C6 (1047 Hz): higher notes are overtones of a root more often than roots. */
const HIGHEST_ROOT_HZ = 1100;
/** Of a root, with itself: by {@link HARMONIC_DECAY} the ninth would count for a sixth of the first. */
const HARMONICS = 8;
/** Each harmonic counts this much of the one below it (Hermes 1988, subharmonic summation). */
const HARMONIC_DECAY = 0.8;
const CENTS_PER_STEP = 1200 / STEPS_PER_OCTAVE;
/** A partial belongs to a harmonic within ±40 cents, by a raised cosine. */
const REACH = 4;
/** Of the steps from -REACH to REACH about a partial. */
const REACH_WEIGHTS = Float64Array.from(
  { length: 2 * REACH + 1 },
  (_, i) => 0.5 + 0.5 * cos((Math.PI * (i - REACH)) / (REACH + 1)),
);
/** Of each harmonic above the fundamental. */
const HARMONIC_STEPS = Array.from({ length: HARMONICS }, (_, i) =>
  Math.round(STEPS_PER_OCTAVE * log2(i + 1)),
);
/** A rival root is at least this far from the winner in pitch class: an octave is no rival. */
const RIVAL_STEPS = 8;

/**
 * A root in the octave of another that is the same note: which octave of a note is its lowest hangs on what little sounds there.
 * @returns null where it is another note, 50 cents away or more
 */
export function inOctaveOf(
  root: RootEstimate,
  other: Pick<RootEstimate, 'note' | 'cents'>,
): RootEstimate | null {
  const apart = other.note + other.cents / 100 - root.note - root.cents / 100;
  const octaves = Math.round(apart / 12);
  return Math.abs(apart - 12 * octaves) < SAME_NOTE ? { ...root, note: root.note + 12 * octaves } : null;
}

/**
 * Root of a short sound by its longest windows.
 * @returns null where there is no pitch to speak of, or fewer than 1024 samples
 */
export function estimateRoot(sound: Sound): RootEstimate | null {
  const pitches = longPitchSpectrum(sound);
  return pitches && findRoot(pitches);
}

/**
 * Root of a long-term spectrum by harmonic sum: the pitch whose harmonics together hold most amplitude.
 * For a chord that is its lowest strong tone, which is where a sampler's unity note belongs.
 * Confidence is the margin over the best other pitch class: a third for one clean tone.
 * @returns null where there are no partials
 */
export function findRoot(pitches: PitchSpectrum): RootEstimate | null {
  const smooth = smoothed(pitches.values);
  const first = Math.ceil(pitchStep(LOWEST_ROOT_HZ));
  const sums = new Float64Array(Math.floor(pitchStep(HIGHEST_ROOT_HZ)) + 1);
  let best = first;
  for (let step = first; step < sums.length; step++) {
    sums[step] = harmonicSum(smooth, step);
    if (sums[step] > sums[best]) best = step;
  }
  if (sums[best] === 0) return null;
  const note = midiNote(best) + (offsetCents(pitches.values, best) ?? 0) / 100;
  const nearest = Math.round(note);
  const margin = 1 - strongestRival(sums, first, best) / sums[best];
  return { note: nearest, cents: 100 * (note - nearest), confidence: Math.min(1, margin * 2) };
}

/** Each step with its neighbours within reach, weighted by a raised cosine, then a square root: loud is not all. */
function smoothed(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let step = REACH; step < values.length - REACH; step++) {
    let sum = 0;
    for (let d = -REACH; d <= REACH; d++) sum += values[step + d] * REACH_WEIGHTS[d + REACH];
    result[step] = Math.sqrt(sum);
  }
  return result;
}

function harmonicSum(values: Float64Array, step: number): number {
  let sum = 0;
  let weight = 1;
  for (const above of HARMONIC_STEPS) {
    const at = step + above;
    if (at >= values.length) break;
    sum += weight * values[at];
    weight *= HARMONIC_DECAY;
  }
  return sum;
}

/**
 * Where the partials of the fundamental and its octave lie, on average, about a step; cents.
 * @returns null where there are none
 */
export function offsetCents(values: Float64Array, step: number): number | null {
  let sum = 0;
  let moment = 0;
  for (const octave of [step, step + STEPS_PER_OCTAVE]) {
    for (let d = -REACH; d <= REACH; d++) {
      sum += values[octave + d] ?? 0;
      moment += d * (values[octave + d] ?? 0);
    }
  }
  return sum > 0 ? (CENTS_PER_STEP * moment) / sum : null;
}

function strongestRival(sums: Float64Array, first: number, best: number): number {
  let rival = 0;
  for (let step = first; step < sums.length; step++) {
    const apart = Math.abs(step - best) % STEPS_PER_OCTAVE;
    if (Math.min(apart, STEPS_PER_OCTAVE - apart) >= RIVAL_STEPS) rival = Math.max(rival, sums[step]);
  }
  return rival;
}
