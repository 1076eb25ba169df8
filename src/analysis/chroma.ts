import { keepShape } from '../dsp/keep-shape.ts';
import { withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { atan2, cos, pow, sin } from '../dsp/maths.ts';
import type { Track } from './analysis.ts';
import type { Peaks } from './peaks.ts';
import { stepsOf } from './pitch-steps.ts';

/** Cells a row: 93 ms, half the window of 16 cells that pitch needs. */
export const CELLS_PER_CHROMA_ROW = 8;
export const CELLS_PER_CHROMA_WINDOW = 16;
/** Until the tuning is known, pitch classes are kept in steps of 10 cents. */
const STEPS_PER_SEMITONE = 10;
const STEPS = 12 * STEPS_PER_SEMITONE;
/** Higher partials are mostly overtones of other pitch classes, Hz. */
const HIGHEST_HZ = 2500;
/** Frequency of the C below the lowest A: step 0. */
const STEP_ZERO_HZ = 440 * pow(2, -57 / 12);
/** A row whose partials together are under -90 dBFS has no pitch. */
const SILENT_AMPLITUDE = 3e-5;

/** Pitch classes over time and on the whole. */
interface Chroma {
  readonly chroma: Track;
  readonly tuningCents: number;
  /** Pitch classes of the whole, C first, not scaled. */
  readonly profile: Float64Array;
  /** Rows that are not silent. */
  readonly soundingRows: number;
}

/** Collects pitch classes in steps of 10 cents during the pass, and folds them to 12 once the tuning is known. */
export class ChromaRecorder {
  readonly #steps: Float32Array;
  readonly #rows: number;
  readonly #hop: number;
  #row = 0;

  /** @param rows how many there will be, @param hop samples a cell */
  constructor(rows: number, hop: number) {
    this.#steps = new Float32Array(rows * STEPS);
    this.#rows = rows;
    this.#hop = hop;
  }

  /** Adds one row; rows come in order. */
  add({ count, frequency, amplitude }: Peaks): void {
    let low = 0;
    while (low < count && frequency[low] < HIGHEST_HZ) low++;
    const places = stepsOf(frequency, low, STEPS, STEP_ZERO_HZ);
    const steps = this.#steps;
    const first = this.#row++ * STEPS;
    for (let p = 0; p < low; p++) {
      const position = places[p];
      const lower = Math.floor(position);
      const share = position - lower;
      const step = ((lower % STEPS) + STEPS) % STEPS;
      const weight = amplitude[p];
      steps[first + step] += weight * (1 - share);
      steps[first + ((step + 1) % STEPS)] += weight * share;
    }
  }

  finish(): Chroma {
    const rows = this.#rows;
    const tuningCents = estimateTuning(this.#steps);
    const values = new Float32Array(rows * 12);
    const profile = new Float64Array(12);
    const weights = foldingWeights(tuningCents);
    let soundingRows = 0;
    for (let r = 0; r < rows; r++) if (foldRow(this.#steps, r, weights, values, profile)) soundingRows++;
    return {
      chroma: { hop: this.#hop * CELLS_PER_CHROMA_ROW, rows, columns: 12, values },
      tuningCents,
      profile,
      soundingRows,
    };
  }
}

/** Semitones, in steps of 10 cents, that are added up at a time. */
const SEMITONES_AT_ONCE = 1200;

/** Circular mean of all partials' deviation from equal temperament at A = 440 Hz, cents in [-50, 50). */
function estimateTuning(steps: Float32Array): number {
  return withWorkspace((own) => {
    const weights = own.floats(SEMITONES_AT_ONCE * STEPS_PER_SEMITONE);
    const cosines = own.doubles(STEPS_PER_SEMITONE);
    const sines = own.doubles(STEPS_PER_SEMITONE);
    const sums = own.struct('TurnSums');
    for (let s = 0; s < STEPS_PER_SEMITONE; s++) {
      cosines[s] = cos((2 * Math.PI * s) / STEPS_PER_SEMITONE);
      sines[s] = sin((2 * Math.PI * s) / STEPS_PER_SEMITONE);
    }
    for (let start = 0; start < steps.length; start += weights.length) {
      const part = steps.subarray(start, start + weights.length);
      weights.set(part);
      kernels.addTurns(weights, part.length / STEPS_PER_SEMITONE, cosines, sines, STEPS_PER_SEMITONE, sums);
    }
    const { re, im } = sums;
    return re === 0 && im === 0 ? 0 : (100 * atan2(im, re)) / (2 * Math.PI);
  });
}

/** Weight of each of the 120 steps in pitch class 0: a raised cosine over ±50 cents about the tuned pitch. */
function foldingWeights(tuningCents: number): Float64Array {
  return Float64Array.from({ length: STEPS }, (_, step) => {
    const cents = (step * 100) / STEPS_PER_SEMITONE - tuningCents;
    const distance = cents > 600 ? cents - 1200 : cents;
    return Math.abs(distance) < 50 ? 0.5 + 0.5 * cos((Math.PI * distance) / 50) : 0;
  });
}

/**
 * Folds one row to unit sum, and adds it to the profile of the whole, weighted by the root of its level.
 * @returns whether it sounds at all
 */
function foldRow(
  steps: Float32Array,
  row: number,
  weights: Float64Array,
  values: Float32Array,
  profile: Float64Array,
): boolean {
  let sum = 0;
  for (let pitch = 0; pitch < 12; pitch++) {
    let value = 0;
    for (let s = -STEPS_PER_SEMITONE; s <= STEPS_PER_SEMITONE; s++) {
      const step = (pitch * STEPS_PER_SEMITONE + s + STEPS) % STEPS;
      value += weights[(s + STEPS) % STEPS] * steps[row * STEPS + step];
    }
    values[row * 12 + pitch] = value;
    sum += value;
  }
  const silent = sum < SILENT_AMPLITUDE;
  for (let pitch = 0; pitch < 12; pitch++) {
    const share = silent ? 0 : values[row * 12 + pitch] / sum;
    values[row * 12 + pitch] = share;
    profile[pitch] += share * Math.sqrt(sum);
  }
  return !silent;
}

keepShape(new ChromaRecorder(0, 1));
