/** Where a source is still: a bed is to be like that. */
import type { Moments } from './moments.ts';

/** Stretches that are still or not, moments: 2 s. */
const STRETCH_MOMENTS = 8;
/** Share of the stretches that sound which is still. */
const STILL_SHARE = 0.5;
/** A stretch is loud where it is louder than this share of all. */
const LOUD_SHARE = 0.9;
/**
 * A stretch sounds where it is not this much quieter than a loud one, dB. That is more than a bed may play of (`Moments.sounds`): what is soft is
 * the same music. With no more than that, 29 of 34 sources give a bed that keeps to all six figures, and with this 31: one song
 * is then off in its pitch classes, and one gives no comfortable bed but of what lasts in it.
 */
const QUIET_DB = 20;

/**
 * The moments of the still half of a source, by stretches: of those that sound the ones in which the strongest strike is weakest. What a
 * strike leaves rings on in moments that have none.
 * @returns 1 for each; some always are, as one stretch is the loudest
 */
export function stillMoments({ count, levels, strikes }: Moments): Uint8Array {
  const length = Math.min(STRETCH_MOMENTS, count);
  const stretches: { readonly start: number; readonly level: number; readonly strike: number }[] = [];
  for (let start = 0; start + length <= count; start += Math.max(1, length >> 1)) {
    const level = levels.subarray(start, start + length).reduce((sum, one) => sum + one, 0) / length;
    stretches.push({ start, level, strike: Math.max(...strikes.subarray(start, start + length)) });
  }
  const loud = quantile(
    stretches.map(({ level }) => level),
    LOUD_SHARE,
  );
  const sounding = stretches.filter(({ level }) => level >= loud - QUIET_DB);
  const most = quantile(
    sounding.map(({ strike }) => strike),
    STILL_SHARE,
  );
  const still = new Uint8Array(count);
  for (const { start, strike } of sounding) if (strike <= most) still.fill(1, start, start + length);
  return still;
}

/** The value that a share of all lie under. @param values at least one */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.round(share * (values.length - 1))];
}
