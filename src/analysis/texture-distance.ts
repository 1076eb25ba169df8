import type { TextureStatistics } from './texture-statistics.ts';

/**
 * What each part of the figures is counted in, so that none drowns the others: their mean differences between two
 * stretches of 3 s of one source, medians of 31 (songs of many styles, held chords, hums, speech).
 */
const UNITS: Readonly<Record<keyof TextureStatistics, number>> = {
  levels: 4.3,
  variations: 0.075,
  skews: 0.59,
  correlations: 0.23,
  modulations: 4,
};
const PARTS = Object.keys(UNITS) as (keyof TextureStatistics)[];

/** How unlike two textures are: 0 for the same, 1 for two stretches of an average song. */
export function textureDistance(one: TextureStatistics, other: TextureStatistics): number {
  return PARTS.reduce(
    (sum, part) => sum + meanDifference(one[part], other[part]) / UNITS[part] / PARTS.length,
    0,
  );
}

function meanDifference(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i] - other[i]);
  return sum / one.length;
}
