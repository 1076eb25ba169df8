/** Why fewer pads were found than asked for. */

import type { Gate, MomentSearch } from '../../analysis/moments.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** What became of the moments that were tried. */
export interface MiningTally {
  made: number;
  /** No loop near them closes unheard. */
  heard: number;
  /** Where they close, the music moves. */
  restless: number;
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

/** What the gates refused of the windows looked at. */
export interface Refusals {
  readonly windows: number;
  /** How many windows each gate refused, the most first; a window may be refused by several. */
  readonly refused: readonly { readonly gate: Gate; readonly count: number }[];
  /** Onsets were refused so often that the source is likely to have drums throughout. */
  readonly hasDrums: boolean;
}

/** Why fewer pads were mined than were asked for. */
export type Shortfall =
  /** The source is shorter than a pad and its crossfade. */
  | (TooFew & { readonly code: 'too-short-for-pads' })
  /** No window passed the gates. */
  | (TooFew & Refusals & { readonly code: 'nothing-holds-still' })
  | (TooFew &
      Refusals & {
        readonly code: 'too-few-pads';
        /** Windows that passed the gates. */
        readonly still: number;
        /** Of these: loops that could be heard to close, and moments that move where they would close. Null where none did. */
        readonly heardToLoop: number | null;
        readonly moving: number | null;
        /** And those that overlap or sound like what was taken; null where there are none. */
        readonly alike: number | null;
      });

/** Refused for its onsets in more than this share of its windows, a source is likely to have drums throughout. */
const DRUMMED = 0.5;

export function shortfallOf({ search, tally, seconds, wanted, separate }: Mining): Shortfall {
  const { windowCount, refused, moments } = search;
  const few: TooFew = { made: tally.made, wanted, seconds, separate };
  if (windowCount === 0) return { code: 'too-short-for-pads', ...few };
  const gates = [...refused].map(([gate, count]) => ({ gate, count }));
  const refusals: Refusals = {
    windows: windowCount,
    refused: gates.sort((a, b) => b.count - a.count),
    hasDrums: (refused.get('onsets') ?? 0) > DRUMMED * windowCount,
  };
  const still = moments.length;
  if (still === 0) return { code: 'nothing-holds-still', ...few, ...refusals };
  return {
    code: 'too-few-pads',
    ...few,
    ...refusals,
    still,
    heardToLoop: countOrNull(tally.heard),
    moving: countOrNull(tally.restless),
    alike: countOrNull(still - tally.made - tally.heard - tally.restless),
  };
}

function countOrNull(count: number): number | null {
  return count > 0 ? count : null;
}
