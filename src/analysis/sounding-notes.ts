import { type KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { atan2, cos, log2, pow, sin } from '../dsp/maths.ts';
import { midiNote, type PitchSpectrum } from './pitch-spectrum.ts';

/** C1, the lowest note that is looked for, and how many there are: to E7. */
export const LOWEST_NOTE = 24;
const NOTE_COUNT = 77;
/** Semitones of the spectrum that notes are explained from: to 5 kHz and a little beyond. */
const BIN_COUNT = 88;
/** Notes above B6 (1976 Hz) say nothing of the tuning: there, overtones of stretched strings outweigh them. */
const HIGHEST_TUNED_NOTE = 99;
const HARMONICS = 12;
/** Amplitude of each harmonic over the one below it. */
const HARMONIC_DECAY = 0.55;
/** Amplitudes count by this power: loud is not all. By 0.5 or 1 roots of chords come out wrong twice as often. */
const COMPRESSION = 0.65;
/** Of the strongest semitone: what may stay unexplained, so that faint notes are not made up. */
const SPARSITY = 0.01;
const ROUNDS = 80;
/** No weight begins at nothing, which no factor would change. */
const LEAST = 1e-12;
/** Notes in a row of the table of overlaps: kernels take four at a time. */
const ROW = 80;

/** The notes that together make up a spectrum. */
export interface SoundingNotes {
  /** How strong each is from {@link LOWEST_NOTE} on, by compressed amplitude; 1 for the strongest. */
  readonly levels: Float64Array;
  /** Its first partial alone, in the same way; none where only overtones speak for a note. */
  readonly fundamentals: Float64Array;
  /** How far they lie from equal temperament at A = 440 Hz, cents, -50 to 50. */
  readonly tuningCents: number;
}

/**
 * The notes of a chord: the spectrum, in semitones about its own tuning, as a sum of harmonic tones with weights that are
 * never negative (approximate transcription, Mauch & Dixon 2010), by multiplicative updates (Lee & Seung 2001). So overtones
 * are counted to the notes that they belong to, where plain pitch classes take them for notes.
 * @returns null where there are no partials
 */
export function soundingNotes({ values }: PitchSpectrum): SoundingNotes | null {
  const tuning = tuningOf(values);
  const bins = semitones(values, tuning);
  const strongest = bins.reduce((most, value) => Math.max(most, value), 0);
  if (strongest === 0) return null;
  const { tones, overlaps, wanted, weights, explained } = harmonicTones();
  weights.fill(0);
  for (let n = 0; n < NOTE_COUNT; n++) {
    wanted[n] = product(tones[n], bins);
    weights[n] = wanted[n] + LEAST;
  }
  const least = SPARSITY * strongest + LEAST;
  kernels.updateWeights(overlaps, wanted, weights, explained, NOTE_COUNT, ROW, least, ROUNDS);
  const loudest = weights.reduce((most, value) => Math.max(most, value), 0);
  const levels = Float64Array.from(weights.subarray(0, NOTE_COUNT), (weight) => weight / loudest);
  const fundamentals = bins.subarray(0, NOTE_COUNT).map((value) => value / strongest);
  return { levels, fundamentals, tuningCents: 100 * tuning };
}

/** Circular mean of all partials' deviation from the nearest note, semitones. */
function tuningOf(values: Float64Array): number {
  let re = 0;
  let im = 0;
  for (let step = 0; step < values.length; step++) {
    const note = midiNote(step);
    if (note >= HIGHEST_TUNED_NOTE) break;
    const angle = 2 * Math.PI * (note - Math.round(note));
    re += values[step] * cos(angle);
    im += values[step] * sin(angle);
  }
  return re === 0 && im === 0 ? 0 : atan2(im, re) / (2 * Math.PI);
}

/** Compressed amplitude in each semitone about the tuning, by a raised cosine to ±50 cents. */
function semitones(values: Float64Array, tuning: number): Float64Array {
  const bins = new Float64Array(BIN_COUNT);
  for (let step = 0; step < values.length; step++) {
    const note = midiNote(step) - tuning;
    const bin = Math.round(note) - LOWEST_NOTE;
    if (bin < 0 || bin >= BIN_COUNT) continue;
    bins[bin] += values[step] * (0.5 + 0.5 * cos(2 * Math.PI * (note - Math.round(note))));
  }
  return bins.map((value) => (value > 0 ? pow(value, COMPRESSION) : 0));
}

interface HarmonicTones {
  /** Of each note, its compressed harmonics by semitone, of unit norm. */
  readonly tones: readonly Float64Array[];
  /** Of each note, what it shares with each other: rows of {@link ROW}. */
  readonly overlaps: KernelFloats;
  /** Room for a number a note: what the spectrum asks for, the weights, and what these explain. */
  readonly wanted: KernelFloats;
  readonly weights: KernelFloats;
  readonly explained: KernelFloats;
}

let harmonic: HarmonicTones | null = null;

function harmonicTones(): HarmonicTones {
  if (harmonic) return harmonic;
  const own = new KernelWorkspace();
  const tones = Array.from({ length: NOTE_COUNT }, (_, n) => harmonicTone(n));
  const overlaps = own.floats(NOTE_COUNT * ROW);
  tones.forEach((tone, n) => {
    overlaps.set(
      tones.map((other) => product(tone, other)),
      n * ROW,
    );
  });
  harmonic = {
    tones,
    overlaps,
    wanted: own.floats(ROW),
    weights: own.floats(ROW),
    explained: own.floats(ROW),
  };
  return harmonic;
}

function harmonicTone(note: number): Float64Array {
  const tone = new Float64Array(BIN_COUNT);
  for (let h = 1; h <= HARMONICS; h++) {
    const bin = note + Math.round(12 * log2(h));
    if (bin < BIN_COUNT) tone[bin] += pow(HARMONIC_DECAY, COMPRESSION * (h - 1));
  }
  const norm = Math.sqrt(product(tone, tone));
  return tone.map((value) => value / norm);
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
