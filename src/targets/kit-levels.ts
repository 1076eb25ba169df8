/**
 * How loud the sounds of a kit are to be: alike within a family, and near each other over all. Nothing is limited or
 * clipped, so what cannot be as loud as the others makes its family softer.
 */
import type { FamilyId } from '../families/family.ts';
import { groupedBy } from '../groups.ts';
import type { SoundLevel } from './sound-level.ts';

/**
 * A loudness for all, LUFS; `own`: each family keeps its own, the median of its sounds, as far as that lies near that of all
 * sounds; `off`: nothing is changed.
 */
export type LevelMode = number | 'own' | 'off';

export interface MeasuredSound extends SoundLevel {
  /** What tells it apart. */
  readonly path: string;
  readonly family: FamilyId;
}

/** What is done about the level of a sound. */
export interface Levelling {
  readonly gainDb: number;
  /** By how much it stays under its family, since its peaks allow no more, LU; 0 as a rule. */
  readonly shortLu: number;
  /** By how much its family is softer than it was to be, since somebody's peaks allow no more, LU; 0 as a rule. */
  readonly familyShortLu: number;
}

export interface FamilyLevel {
  readonly family: FamilyId;
  /** What its sounds are brought to, LUFS, */
  readonly lufs: number;
  /** and what they would be, did their peaks or other families not forbid it. */
  readonly wantedLufs: number;
}

export interface KitLevels {
  /** By path; without sounds that are silent. */
  readonly sounds: ReadonlyMap<string, Levelling>;
  readonly families: readonly FamilyLevel[];
}

/** No true peak is raised beyond this, dBTP: where textures lie unless `global.target_peak_dbfs` says otherwise. */
export const CEILING_DBTP = -1;
/** How far a family's own level may lie from that of all sounds, LU: 3 between any two of them. */
const FAMILY_LU = 1.5;
/** How far a sound may stay under its family before that is made softer, LU: with what meters differ by, under 2. */
const SOUND_LU = 1.5;
/** How far the softest sound may lie under the loudest family before that is made softer, LU: in the same way, under 4. */
const ALL_LU = 3.5;
/** A sound that would make the kit softer by more than this, LU, is left soft: a click is no reason for a whisper. */
const MOST_LOWERED_LU = 10;
/** What peaks under this, dBTP, is silence, and raising it would only raise rounding noise. */
const SILENT_DBTP = -90;
/** A change of level below this is not heard, and would dither the file once more for nothing, dB. */
const LEAST_GAIN_DB = 0.05;

const NOTHING: KitLevels = { sounds: new Map(), families: [] };

/** The level of each sound of a kit. */
export function kitLevels(all: readonly MeasuredSound[], mode: LevelMode): KitLevels {
  const sounds = all.filter(
    ({ lufs, truePeakDb }) =>
      Number.isFinite(lufs) && Number.isFinite(truePeakDb) && truePeakDb > SILENT_DBTP,
  );
  if (mode === 'off' || sounds.length === 0) return NOTHING;
  const centre = mode === 'own' ? median(sounds.map(({ lufs }) => lufs)) : mode;
  const families = [...groupedBy(sounds, ({ family }) => family)].map(([family, own]) => ({
    family,
    own,
    wanted: mode === 'own' ? near(centre, median(own.map(({ lufs }) => lufs))) : mode,
    // What its softest allows, of those that are asked.
    reach: Math.min(...own.map(reachOf).filter((reach) => reach >= centre - MOST_LOWERED_LU)),
  }));
  const alike = families.map((one) => ({ ...one, lufs: Math.min(one.wanted, one.reach + SOUND_LU) }));
  const softest = Math.min(...alike.map(({ lufs, reach }) => Math.min(lufs, reach)));
  const levelled = alike.map((one) => ({ ...one, lufs: Math.min(one.lufs, softest + ALL_LU) }));
  return {
    sounds: new Map(
      levelled.flatMap(({ own, ...family }) => own.map((sound) => [sound.path, levelling(sound, family)])),
    ),
    families: levelled.map(({ family, lufs, wanted }) => ({ family, lufs, wantedLufs: wanted })),
  };
}

function levelling(
  sound: MeasuredSound,
  { lufs, wanted }: { readonly lufs: number; readonly wanted: number },
): Levelling {
  const own = reachOf(sound);
  const gainDb = Math.min(lufs, own) - sound.lufs;
  return {
    gainDb: Math.abs(gainDb) < LEAST_GAIN_DB ? 0 : gainDb,
    shortLu: Math.max(0, lufs - own),
    familyShortLu: wanted - lufs,
  };
}

/** How loud a sound can be under the ceiling, LUFS. */
function reachOf({ lufs, truePeakDb }: SoundLevel): number {
  return lufs + CEILING_DBTP - truePeakDb;
}

function near(centre: number, lufs: number): number {
  return Math.min(centre + FAMILY_LU, Math.max(centre - FAMILY_LU, lufs));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
