/** How much brighter or darker a cloud must be to be told from those of the same source before it. */
import { log2 } from '../../dsp/maths.ts';
import type { BandLevels } from '../../dsp/ring-frames.ts';
import { meanDifference } from '../shared/mean-difference.ts';

/** Two clouds of one source differ by this much at least, dB a band, as far as a tilt may bring that about. */
const APART_DB = 3.5;
const STEP_DB = 0.25;
/** What is tilted turns about this. */
const TILT_HZ = 500;
/** A band further than this under the loudest says nothing of a colour, dB. */
const AUDIBLE_DB = 60;

/** What the clouds of a source sound like so far, band by band. */
export class Colours {
  readonly #known: Float32Array[] = [];

  /**
   * Remembers a cloud's colour, tilted as little as it needs to differ from all before it: not at all where it draws from so other
   * moments or pitches that it does so anyway.
   * @param most furthest tilt, dB an octave; below 0 it becomes darker
   * @returns correction of each band, dB
   */
  tellApart({ centresHz, levelsDb }: BandLevels, most: number): Float32Array {
    const octaves = centresHz.map((hertz) => log2(hertz / TILT_HZ));
    const steps = Math.round(Math.abs(most) / STEP_DB);
    for (let step = 0; ; step++) {
      const tilt = Math.sign(most) * step * STEP_DB;
      const colour = colourOf(levelsDb.map((level, band) => level + tilt * octaves[band]));
      if (step < steps && this.#known.some((other) => meanDifference(colour, other) < APART_DB)) continue;
      this.#known.push(colour);
      return Float32Array.from(octaves, (octave) => (tilt === 0 ? 0 : tilt * octave));
    }
  }
}

/** Levels about their mean, with one floor for all that is inaudible. */
function colourOf(levelsDb: Float32Array): Float32Array {
  const floor = Math.max(...levelsDb) - AUDIBLE_DB;
  const audible = levelsDb.map((level) => Math.max(level, floor));
  const mean = audible.reduce((sum, level) => sum + level, 0) / audible.length;
  return audible.map((level) => level - mean);
}
