/** What may be wished of a kit beside the device; `kit-wishes.ts` grants it. Loads nothing, since `--help` lists it. */
import type { KeyName } from '../settings/key-name.ts';
import type { LevelMode } from '../targets/kit-levels.ts';

/**
 * `nearest`: each texture to the note that it lies nearest to. `440`: each to the note that it is in the tuning of its
 * source, as that of a tape that runs slow. `off`: as they are.
 */
export const TUNE_MODES = ['nearest', '440', 'off'] as const;
export type TuneMode = (typeof TUNE_MODES)[number];

export interface KeyChoice {
  readonly key: KeyName;
  /** How far a texture may be moved to be in it, semitones either way. */
  readonly transpose: number;
}

export interface KitWishes {
  readonly level: LevelMode;
  readonly key: KeyChoice | null;
  readonly tune: TuneMode;
  /** The longest sample, s; null: as long as the device takes. */
  readonly longestSec: number | null;
  /** The share of the device to be filled, above 0 to 1. */
  readonly fill: number;
}

/** What a kit is where nobody wishes otherwise. */
export const USUAL_WISHES: KitWishes = { level: 'own', key: null, tune: 'off', longestSec: null, fill: 1 };
