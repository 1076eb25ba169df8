import { keepShape } from '../dsp/keep-shape.ts';
import { log2 } from '../dsp/maths.ts';
import type { Peaks } from './peaks.ts';
import { stepsOf } from './pitch-steps.ts';

/** Steps of 10 cents: a third of what the ear tells apart in a low tone. */
export const STEPS_PER_OCTAVE = 120;
const LOWEST_HZ = 25;
const OCTAVES = 8;

/** Partials over a whole sound, by pitch: entry i holds amplitude at 25·2^(i/120) Hz, up to 6.4 kHz. */
export class PitchSpectrum {
  readonly values = new Float64Array(OCTAVES * STEPS_PER_OCTAVE);
  #count = 0;

  /** How many spectra were added. */
  get count(): number {
    return this.#count;
  }

  add({ count, frequency, amplitude }: Peaks): void {
    const { values } = this;
    const steps = stepsOf(frequency, count, STEPS_PER_OCTAVE, LOWEST_HZ);
    this.#count++;
    for (let p = 0; p < count; p++) {
      const position = steps[p];
      const lower = Math.floor(position);
      if (lower < 0 || lower + 1 >= values.length) continue;
      const share = position - lower;
      values[lower] += amplitude[p] * (1 - share);
      values[lower + 1] += amplitude[p] * share;
    }
  }
}

/** Place of a frequency in a {@link PitchSpectrum}, not rounded. */
export function pitchStep(frequency: number): number {
  return STEPS_PER_OCTAVE * log2(frequency / LOWEST_HZ);
}

/** MIDI note, not rounded, at a place of a {@link PitchSpectrum}. */
export function midiNote(step: number): number {
  return 69 + 12 * (log2(LOWEST_HZ / 440) + step / STEPS_PER_OCTAVE);
}

keepShape(new PitchSpectrum());
