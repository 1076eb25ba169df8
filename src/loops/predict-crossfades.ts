/**
 * What the two sides of a crossfade tell of its level and colour, for all lengths of a loop at once: running sums give every
 * stretch by one subtraction, and nothing is blended.
 */
import { type KernelDoubles, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { ENERGY_GRAIN } from '../dsp/sums.ts';
import { NOT_MISSED } from './band-levels.ts';
import { levelWindow } from './seam-levels.ts';
import type { Surroundings } from './search.ts';

/** Of each length from the shortest on, one a hop, the larger power over the smaller, of the worst channel; until the next call. */
export interface PredictedRatios {
  /**
   * Level at the middle of the crossfade and over all of it against the body, as `measureSeam` will see it.
   * @param start where the loops start, frames
   */
  levels(start: number): Float64Array;
  /**
   * Bass, presence or treble over the crossfade against the body's, as if its sides were unrelated; the worst of them.
   * @param start in hops
   */
  colours(start: number): Float64Array;
}

/**
 * @param shortest length, frames, @param lengths how many
 * @param fade frames of the crossfade
 * @param use given the predictions, which hold until it returns
 */
export function withPredictions<Result>(
  { sound, frames, energies, bands }: Surroundings,
  { shortest, lengths, fade }: { shortest: number; lengths: number; fade: number },
  use: (predictions: PredictedRatios) => Result,
): Result {
  const { hop } = frames[0];
  return withWorkspace((workspace) => {
    const placed = (sums: Float64Array): KernelDoubles => {
      const doubles = workspace.doubles(sums.length);
      doubles.set(sums);
      return doubles;
    };
    const energySums = sound.channels.map((_, c) => placed(energies.running(c)));
    const powerSums = bands.map(({ sums }) => placed(sums));
    const ratios = workspace.doubles(lengths);
    const level = workspace.struct('LevelRequest');
    const grains = energySums[0].length - 1;
    const window = levelWindow(sound.sampleRate);
    Object.assign(level, { grain: ENERGY_GRAIN, grains, shortest, hop, fade, window });
    const colour = workspace.struct('ColourRequest');
    const hops = Math.max(1, Math.ceil(fade / hop));
    Object.assign(colour, { frames: bands[0].count, fade: hops, hop, notMissed: NOT_MISSED });
    return use({
      levels(start) {
        level.start = start;
        ratios.fill(1);
        for (const sums of energySums) kernels.levelRatios(sums, level, lengths, ratios);
        return ratios;
      },
      colours(start) {
        colour.start = start;
        colour.firstEnd = Math.round(start * hop) + shortest;
        ratios.fill(1);
        for (const sums of powerSums) kernels.colourRatios(sums, colour, lengths, ratios);
        return ratios;
      },
    });
  });
}
