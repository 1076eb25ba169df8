/** How much brighter or darker a cloud must be to be told from those of the same source before it. */
import { log2 } from '../../dsp/maths.ts';
import type { BandLevels } from '../../dsp/ring-frames.ts';
import { meanDifference } from '../shared/mean-difference.ts';

/** Two clouds of one source differ by this much at least, dB a band, as far as a tilt may bring that about. */
const APART_DB = 4;
/**
 * …and by no more than this for each 1 of the distance between two stretches of their source: in a source that hardly changes, a
 * colour that would not be heard elsewhere takes it far from itself.
 */
const APART_DB_PER_SPREAD = 3.6;
const STEP_DB = 0.25;
/** A dB too little apart weighs as much as so many from the first cloud. */
const LACK_WEIGHT = 10;
/** Of two tilts that do as well, the lesser. */
const LEAST_TILT_WEIGHT = 0.01;
/** What is tilted turns about this. */
const TILT_HZ = 500;
/** A band further than this under the loudest says nothing of a colour, dB. */
const AUDIBLE_DB = 60;

/** What the clouds of a source sound like so far, band by band. */
export class Colours {
  readonly #known: Float32Array[] = [];
  readonly #apartDb: number;

  /** @param spread how far stretches of the source are from one another, as `SourceTexture` has it; Infinity where that is not known */
  constructor(spread = Infinity) {
    this.#apartDb = Math.min(APART_DB, APART_DB_PER_SPREAD * spread);
  }

  /**
   * Remembers a cloud's colour, tilted so that it differs from all before it as far as a tilt brings that about, and beyond
   * that is as like the first as can be, which is nearest to the source.
   * @param tiltsDb darkest and brightest tilt, dB an octave
   * @returns correction of each band, dB
   */
  tellApart(
    { centresHz, levelsDb }: BandLevels,
    [darkest, brightest]: readonly [darkest: number, brightest: number],
  ): Float32Array {
    const octaves = Float32Array.from(centresHz, (hertz) => log2(hertz / TILT_HZ));
    let best: { tilt: number; colour: Float32Array; cost: number } | null = null;
    for (let tilt = darkest; tilt <= brightest; tilt += STEP_DB) {
      const colour = colourOf(levelsDb.map((level, band) => level + tilt * octaves[band]));
      const differences = this.#known.map((other) => meanDifference(colour, other));
      const lacking = Math.max(0, this.#apartDb - Math.min(...differences));
      const cost = LACK_WEIGHT * lacking + (differences[0] ?? 0) + LEAST_TILT_WEIGHT * Math.abs(tilt);
      if (!best || cost < best.cost) best = { tilt, colour, cost };
    }
    const { tilt, colour } = best ?? { tilt: 0, colour: colourOf(levelsDb) };
    this.#known.push(colour);
    return octaves.map((octave) => (tilt === 0 ? 0 : tilt * octave));
  }
}

/** Levels about their mean, with one floor for all that is inaudible. */
function colourOf(levelsDb: Float32Array): Float32Array {
  const floor = Math.max(...levelsDb) - AUDIBLE_DB;
  const audible = levelsDb.map((level) => Math.max(level, floor));
  const mean = audible.reduce((sum, level) => sum + level, 0) / audible.length;
  return audible.map((level) => level - mean);
}
