/** Why fewer pads were found than asked for. */

import type { MomentLimit, MomentSearch } from '../../analysis/moments.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** What was looked at in one part of a source, and what became of it. */
export interface PartMining {
  windows: number;
  /** Windows within all limits. */
  still: number;
  /** Of these: with one event that stands out. */
  eventful: number;
  /** How many windows each limit excluded. */
  readonly excluded: Map<MomentLimit, number>;
  made: number;
  /** Of the moments that were tried: no loop near them closes inaudibly. */
  audible: number;
  /** Where they close, the music moves. */
  restless: number;
  /** Closed as loops that tell how long they are, by one event or a swell. */
  recurring: number;
}

export function startMining(): PartMining {
  const nothing = { windows: 0, still: 0, eventful: 0, made: 0, audible: 0, restless: 0, recurring: 0 };
  return { ...nothing, excluded: new Map() };
}

/** Counts what a search looked at. */
export function countSearch(part: PartMining, { windowCount, moments, excluded }: MomentSearch): void {
  part.windows += windowCount;
  part.still += moments.length;
  part.eventful += moments.filter(({ isEventful }) => isEventful).length;
  for (const [limit, count] of excluded) part.excluded.set(limit, (part.excluded.get(limit) ?? 0) + count);
}

type Separate = SharedSettings['pre_analysis']['separate'];

/** A search for pads of one length, and what came of it. */
interface Mining {
  readonly separate: Separate;
  /** The source as it is, and what lasts in it; one that was not searched has no windows. */
  readonly whole: Readonly<PartMining>;
  readonly harmonic: Readonly<PartMining>;
  /** Length of a pad, s, and how many were asked for. */
  readonly seconds: number;
  readonly wanted: number;
  /** The source is no shorter than a pad and its crossfade. */
  readonly fits: boolean;
}

/** What is common to all reasons for too few pads. */
export interface TooFew {
  readonly made: number;
  readonly wanted: number;
  /** Length of a pad, s. */
  readonly seconds: number;
  readonly separate: Separate;
  /** How many of them are from the harmonic part, where that was searched for what the source itself did not give; else null. */
  readonly fromHarmonic: number | null;
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
  /** Nowhere do pitch classes hold so long that it would be worth separating. */
  | (TooFew & { readonly code: 'no-steady-pitches' })
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

export function shortfallOf({ separate, whole, harmonic, seconds, wanted, fits }: Mining): Shortfall {
  const part = separate === 'harmonic' ? harmonic : whole;
  const made = whole.made + harmonic.made;
  const few: TooFew = {
    made,
    wanted,
    seconds,
    separate,
    fromHarmonic: separate === 'auto' && fits ? harmonic.made : null,
  };
  if (!fits) return { code: 'too-short-for-pads', ...few };
  if (part.windows === 0) return { code: 'no-steady-pitches', ...few };
  const counts = [...part.excluded].map(([gate, count]) => ({ gate, count }));
  const windows: Excluded = {
    windows: part.windows,
    refused: counts.sort((a, b) => b.count - a.count),
    hasDrums: (part.excluded.get('onsets') ?? 0) > DRUMMED * part.windows,
  };
  if (part.still === 0) return { code: 'nothing-holds-still', ...few, ...windows };
  // Those that were not tried for their event.
  const untried = Math.max(0, part.still - part.made - part.audible - part.restless - part.recurring);
  const recurring = part.recurring + Math.min(untried, Math.max(0, part.eventful - part.recurring));
  return {
    code: 'too-few-pads',
    ...few,
    ...windows,
    still: part.still,
    heardToLoop: countOrNull(part.audible),
    moving: countOrNull(part.restless),
    recurring: countOrNull(recurring),
    alike: countOrNull(part.still - part.made - part.audible - part.restless - recurring),
  };
}

function countOrNull(count: number): number | null {
  return count > 0 ? count : null;
}
