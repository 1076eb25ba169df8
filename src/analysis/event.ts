/**
 * Whether one event stands out in a stretch of a source, so that a loop of it would have a landmark (`loops/landmark.ts`),
 * foreseen from the onset strength that the analysis knows. Of 85 pads of real songs, 50 of them with a landmark or
 * nearly one, the ranks of the two measures agree by 0.97.
 */
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Analysis } from './analysis.ts';
import type { PulsedStretchOf } from './moment-pulse.ts';

/** The strongest onset of a stretch over its median onset strength, a ratio, and by itself, dB. */
const LIMITS = { times: 8, db: 1.6 };
/** A median strength of less than this, as held tones have, is as little as any, dB. */
const LEAST_MEDIAN_DB = 0.03;

/**
 * @param pulsed the pulses of the source, whose beats are no events: one is like the other
 * @returns a function of a stretch, start and count in frames
 */
export function eventOf(
  { onsetStrength, hop }: Pick<Analysis, 'onsetStrength' | 'hop'>,
  pulsed: PulsedStretchOf = () => null,
): (start: number, count: number) => boolean {
  return (start, count) => {
    const first = Math.max(0, Math.floor(start / hop));
    const end = Math.ceil((start + count) / hop);
    const strengths = sortMagnitudes(onsetStrength.slice(first, Math.max(first + 1, end)));
    const strongest = strengths[strengths.length - 1];
    const median = Math.max(strengths[strengths.length >> 1], LEAST_MEDIAN_DB);
    return strongest >= LIMITS.db && strongest >= LIMITS.times * median && !pulsed(start, count);
  };
}
