/** What brings the colour of a cloud back to that of its source: few grains have the source's mean by chance, and an octave is brighter. */
import type { BandLevels } from '../../dsp/ring-frames.ts';

/** Largest correction of a band, dB: what differs more is empty there, and noise would be lifted. As the two below, set by hand. */
const MOST_DB = 6;
/** Bands so far under the loudest do not decide how loud the whole is, dB. */
const LOUD_DB = 30;
/** Bands from this share of the low-pass on are dark because they were asked to be. */
const BELOW_LOW_PASS = 0.9;
/** A band so far under the loudest is left alone, dB: what `tell-apart.ts` takes for audible, and 10 more, so that no step lies there. */
const LEFT_ALONE_DB = 70;

/**
 * @param ring its levels
 * @param sourceDb levels of the same bands in the source
 * @param lowPassHz 0 is off
 * @returns correction of each band, dB; the loudness stays about what it is
 */
export function backToSource(
  { centresHz, levelsDb }: BandLevels,
  sourceDb: Float32Array,
  lowPassHz: number,
): Float32Array {
  const loudest = Math.max(...levelsDb);
  const highest = lowPassHz > 0 ? BELOW_LOW_PASS * lowPassHz : Infinity;
  const lacking = sourceDb.map((db, band) => db - levelsDb[band]);
  const within = (rangeDb: number, band: number) =>
    centresHz[band] <= highest && levelsDb[band] > loudest - rangeDb;
  const loud = lacking.filter((_, band) => within(LOUD_DB, band)).sort();
  if (loud.length === 0) return new Float32Array(levelsDb.length);
  const middle = loud[loud.length >> 1];
  return lacking.map((db, band) =>
    within(LEFT_ALONE_DB, band) ? Math.min(MOST_DB, Math.max(-MOST_DB, db - middle)) : 0,
  );
}
