/**
 * Whether the crossfade of a finished loop is found out by its level or by its stereo image among the stretches of the same
 * loop that are as long. What was measured before it was closed does not tell: the loop was evened out since, and other
 * stretches of the music are not heard again and again.
 */
import type { Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { type AmongStretches, fadeStretches } from './fade-stretches.ts';

/**
 * Share of the stretches, 0 to 1, that lie nearer to their median than the crossfade does: by level (power of all channels,
 * dB) or by correlation of two channels, whichever is more. Those that overlap it by more than half are left out; 0 where
 * no others are.
 * @param loop the whole loop, going round
 */
export function fadeRank(loop: Sound, crossfade: Crossfade): number {
  const { level, correlation } = fadeStretches(loop, crossfade);
  return Math.max(rankOf(level), correlation ? rankOf(correlation) : 0);
}

function rankOf({ here, median, distances }: AmongStretches): number {
  const off = Math.abs(here - median);
  let nearer = 0;
  while (nearer < distances.length && distances[nearer] < off) nearer++;
  return nearer / Math.max(1, distances.length);
}
