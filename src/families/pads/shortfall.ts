/** Why fewer pads were found than asked for. */

import type { MomentLimit, MomentSearch } from '../../analysis/moments.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** What became of the moments that were tried. */
export interface MiningTally {
  made: number;
  /** No loop near them closes inaudibly. */
  audible: number;
  /** Where they close, the music moves. */
  restless: number;
  /** Closed as loops that tell how long they are, by one event or a swell. */
  recurring: number;
}

/** A search for pads of one length, and what came of it. */
interface Mining {
  readonly search: MomentSearch;
  readonly tally: Readonly<MiningTally>;
  /** Length of a pad, s, and how many were asked for. */
  readonly seconds: number;
  readonly wanted: number;
  /** What was searched: the source as it is, or its harmonic part. */
  readonly separate: SharedSettings['pre_analysis']['separate'];
}

/** What is common to all reasons for too few pads. */
export interface TooFew {
  readonly made: number;
  readonly wanted: number;
  /** Length of a pad, s. */
  readonly seconds: number;
  readonly separate: SharedSettings['pre_analysis']['separate'];
}

/** What the limits excluded of the windows looked at. */
export interface Excluded {
  readonly windows: number;
  /** How many windows each limit excluded, the most first; a window may be beyond several. */
  readonly refused: readonly { readonly gate: MomentLimit; readonly count: number }[];
  /** Onsets excluded so many that the source is likely to have drums throughout. */
  readonly hasDrums: boolean;
}

/** Why fewer pads were mined than were asked for. */
export type Shortfall =
  /** The source is shorter than a pad and its crossfade. */
  | (TooFew & { readonly code: 'too-short-for-pads' })
  /** No window is within all limits. */
  | (TooFew & Excluded & { readonly code: 'nothing-holds-still' })
  | (TooFew &
      Excluded & {
        readonly code: 'too-few-pads';
        /** Windows within all limits. */
        readonly still: number;
        /** Of these: loops that would close audibly, and moments that move where they would close. Null where none did. */
        readonly heardToLoop: number | null;
        readonly moving: number | null;
        /** And moments of which one event or a swell would come back with the loop. */
        readonly recurring: number | null;
        /** And those that overlap or sound like what was taken; null where there are none. */
        readonly alike: number | null;
      });

/** Excluded for its onsets in more than this share of its windows, a source is likely to have drums throughout. */
const DRUMMED = 0.5;

export function shortfallOf({ search, tally, seconds, wanted, separate }: Mining): Shortfall {
  const { windowCount, excluded, moments } = search;
  const few: TooFew = { made: tally.made, wanted, seconds, separate };
  if (windowCount === 0) return { code: 'too-short-for-pads', ...few };
  const counts = [...excluded].map(([gate, count]) => ({ gate, count }));
  const windows: Excluded = {
    windows: windowCount,
    refused: counts.sort((a, b) => b.count - a.count),
    hasDrums: (excluded.get('onsets') ?? 0) > DRUMMED * windowCount,
  };
  const still = moments.length;
  // Those that were not tried for their event.
  const untried = Math.max(0, still - tally.made - tally.audible - tally.restless - tally.recurring);
  const eventful = moments.filter(({ isEventful }) => isEventful).length;
  const recurring = tally.recurring + Math.min(untried, Math.max(0, eventful - tally.recurring));
  if (still === 0) return { code: 'nothing-holds-still', ...few, ...windows };
  return {
    code: 'too-few-pads',
    ...few,
    ...windows,
    still,
    heardToLoop: countOrNull(tally.audible),
    moving: countOrNull(tally.restless),
    recurring: countOrNull(recurring),
    alike: countOrNull(still - tally.made - tally.audible - tally.restless - recurring),
  };
}

function countOrNull(count: number): number | null {
  return count > 0 ? count : null;
}
