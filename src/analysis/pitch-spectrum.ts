import { log2 } from '../dsp/maths.ts';
import type { Peaks } from './peaks.ts';

/** Steps of 10 cents: a third of what the ear tells apart in a low tone. */
export const STEPS_PER_OCTAVE = 120;
const LOWEST_HZ = 25;
const OCTAVES = 8;

/** Partials over a whole sound, by pitch: entry i holds amplitude at 25·2^(i/120) Hz, up to 6.4 kHz. */
export interface PitchSpectrum {
  readonly values: Float64Array;
  /** How many spectra were added. */
  readonly count: number;
  add(peaks: Peaks): void;
}

export function createPitchSpectrum(): PitchSpectrum {
  const values = new Float64Array(OCTAVES * STEPS_PER_OCTAVE);
  let count = 0;

  function add(peaks: Peaks): void {
    count++;
    for (let p = 0; p < peaks.count; p++) {
      const position = pitchStep(peaks.frequency[p]);
      const lower = Math.floor(position);
      if (lower < 0 || lower + 1 >= values.length) continue;
      const share = position - lower;
      values[lower] += peaks.amplitude[p] * (1 - share);
      values[lower + 1] += peaks.amplitude[p] * share;
    }
  }

  return {
    values,
    get count() {
      return count;
    },
    add,
  };
}

/** Place of a frequency in a {@link PitchSpectrum}, not rounded. */
export function pitchStep(frequency: number): number {
  return STEPS_PER_OCTAVE * log2(frequency / LOWEST_HZ);
}

/** MIDI note, not rounded, at a place of a {@link PitchSpectrum}. */
export function midiNote(step: number): number {
  return 69 + 12 * (log2(LOWEST_HZ / 440) + step / STEPS_PER_OCTAVE);
}
