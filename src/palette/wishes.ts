/** What may be wished of a kit beside the device; `kit-wishes.ts` grants it. Loads nothing, since `--help` lists it. */
import type { KeyName } from '../settings/key-name.ts';
import type { LevelWish } from '../targets/kit-levels.ts';

/**
 * `nearest`: each texture to the note that it lies nearest to. `440`: each to the note that it is in the tuning of its
 * source, as that of a tape that runs slow. `off`: as they are.
 */
export const TUNE_WISHES = ['nearest', '440', 'off'] as const;
export type TuneWish = (typeof TUNE_WISHES)[number];

export interface KeyWish {
  readonly key: KeyName;
  /** How far a texture may be moved to be in it, semitones either way. */
  readonly transpose: number;
}

export interface KitWishes {
  readonly level: LevelWish;
  readonly key: KeyWish | null;
  readonly tune: TuneWish;
  /** The longest sample, s; null: as long as the device takes. */
  readonly longestSec: number | null;
  /** The share of the device to be filled, above 0 to 1. */
  readonly fill: number;
}

/** What a kit is where nobody wishes otherwise. */
export const USUAL_WISHES: KitWishes = { level: 'own', key: null, tune: 'off', longestSec: null, fill: 1 };
