/**
 * How loud the sounds of a kit are to be: tones and loops alike within a family, and near each other over all; what is struck
 * by its peak; what lies under others as it is. Nothing is limited or clipped, so what cannot be as loud as the others makes
 * its family softer.
 */
import type { Families } from '../config/settings.ts';
import type { FamilyId } from '../families/family.ts';
import { groupedBy } from '../groups.ts';
import { type LevelWay, levelWay } from './level-way.ts';
import type { SoundLevel } from './sound-level.ts';

/**
 * A loudness for all, LUFS; `own`: each family keeps its own, the median of its sounds, as far as that lies near that of all
 * sounds; `off`: nothing is changed.
 */
export type LevelMode = number | 'own' | 'off';

type AskedLevel = Exclude<LevelMode, 'off'>;

export interface MeasuredSound extends SoundLevel {
  /** What tells it apart. */
  readonly path: string;
  readonly family: FamilyId;
  readonly loops: boolean;
}

/** What is done about the level of a sound. */
export interface Levelling {
  readonly gainDb: number;
  /** By how much it stays under its family, since its peaks allow no more, LU; 0 as a rule. */
  readonly shortLu: number;
  /** By how much its family is softer than it was to be, LU; 0 as a rule. */
  readonly familyShortLu: number;
  /** The path of the sound whose peak holds the family down; null where none does. */
  readonly heldBy: string | null;
  /** What its peak was brought to, dBTP; null where it was levelled by its loudness. */
  readonly peakDbtp: number | null;
}

/** What the sounds of a family that are levelled in the same way were brought to. */
export interface FamilyLevel {
  readonly family: FamilyId;
  readonly way: LevelWay;
  /** Their loudness, LUFS; null where it is their peak, or they are left as they are. */
  readonly lufs: number | null;
  /** What that would be, did no peak forbid it. */
  readonly wantedLufs: number | null;
  /** Their true peak, dBTP; null where it is their loudness. */
  readonly peakDbtp: number | null;
  /** The path of the sound whose peak forbids it; null where none does. */
  readonly heldBy: string | null;
}

export interface KitLevels {
  /** By path; without sounds that are silent, and those that are left as they are. */
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

/** The sounds of a family that are levelled in one way. */
interface LevelGroup {
  readonly family: FamilyId;
  readonly way: LevelWay;
  readonly sounds: readonly MeasuredSound[];
}

/** A group, and what it is brought to by its loudness. */
interface LoudGroup extends LevelGroup {
  readonly wanted: number;
  readonly lufs: number;
  /** The sound that can be least loud, of those that are asked. */
  readonly softest: MeasuredSound | null;
}

/** The level of each sound of a kit. */
export function kitLevels(all: readonly MeasuredSound[], mode: LevelMode, families: Families): KitLevels {
  const measured = all.filter(
    ({ lufs, truePeakDb }) =>
      Number.isFinite(lufs) && Number.isFinite(truePeakDb) && truePeakDb > SILENT_DBTP,
  );
  if (mode === 'off' || measured.length === 0) return NOTHING;
  const groups = groupsOf(measured, mode, families);
  const alike = groups.filter(({ way }) => way === 'alike');
  const own = median(alike.flatMap(({ sounds }) => sounds).map(({ lufs }) => lufs));
  const levelled = levelledAlike(alike, mode, mode === 'own' ? own : mode);
  const most = Math.min(...levelled.map(({ lufs }) => lufs));
  // Hits stay as far above the others as they are where no level is asked for.
  const peakDbtp = CEILING_DBTP + (mode === 'own' || alike.length === 0 ? 0 : Math.min(0, mode - own));
  const byGroup = new Map(levelled.map(({ family, result }) => [family, result]));
  const byWay: Record<LevelWay, (group: LevelGroup) => KitLevels> = {
    alike: ({ family }) => byGroup.get(family)!,
    apart: (group) => levelledApart(group, mode, most),
    peak: (group) => levelledByPeak(group, peakDbtp),
    own: leftAlone,
  };
  const results = groups.map((group) => byWay[group.way](group));
  return {
    sounds: new Map(results.flatMap(({ sounds }) => [...sounds])),
    families: results.flatMap((result) => result.families),
  };
}

function groupsOf(sounds: readonly MeasuredSound[], mode: AskedLevel, families: Families): LevelGroup[] {
  const wayOf = (sound: MeasuredSound): LevelWay => {
    const way = levelWay(sound, families);
    return way === 'own' && mode !== 'own' ? 'apart' : way;
  };
  return [...groupedBy(sounds, ({ family }) => family)].flatMap(([family, all]) =>
    [...groupedBy(all, wayOf)].map(([way, own]) => ({ family, way, sounds: own })),
  );
}

/** Families that are played for each other: near each other, and none so loud that a peak would pass the ceiling. */
function levelledAlike(groups: readonly LevelGroup[], mode: AskedLevel, centre: number) {
  const families = groups.map((group) => {
    const own = median(group.sounds.map(({ lufs }) => lufs));
    return loudGroup(group, mode === 'own' ? near(centre, own) : centre, centre);
  });
  const softest = families.reduce<LoudGroup | null>(
    (least, each) => (least === null || bottomOf(each) < bottomOf(least) ? each : least),
    null,
  );
  return families.map((group) => {
    const mostLufs = softest === null ? Infinity : bottomOf(softest) + ALL_LU;
    const holder = group.lufs > mostLufs ? softest : group;
    const lufs = Math.min(group.lufs, mostLufs);
    return { family: group.family, lufs, result: byLoudness({ ...group, lufs }, holder) };
  });
}

/** What lies beside the others: at its own level or the one that is asked for, no louder than they, and holding down none of them. */
function levelledApart(group: LevelGroup, mode: AskedLevel, mostLufs: number): KitLevels {
  const own = mode === 'own' ? median(group.sounds.map(({ lufs }) => lufs)) : mode;
  const wanted = Math.min(own, mostLufs);
  const loud = loudGroup(group, wanted, wanted);
  return byLoudness(loud, loud);
}

function levelledByPeak({ family, way, sounds }: LevelGroup, peakDbtp: number): KitLevels {
  const held = { shortLu: 0, familyShortLu: 0, heldBy: null, peakDbtp };
  return {
    sounds: new Map(
      sounds.map(({ path, truePeakDb }) => [path, { gainDb: worthwhile(peakDbtp - truePeakDb), ...held }]),
    ),
    families: [{ family, way, lufs: null, wantedLufs: null, peakDbtp, heldBy: null }],
  };
}

function leftAlone({ family, way }: LevelGroup): KitLevels {
  const nothing = { lufs: null, wantedLufs: null, peakDbtp: null, heldBy: null };
  return { sounds: new Map(), families: [{ family, way, ...nothing }] };
}

function loudGroup(group: LevelGroup, wanted: number, centre: number): LoudGroup {
  const softest = group.sounds
    .filter((sound) => reachOf(sound) >= centre - MOST_LOWERED_LU)
    .reduce<MeasuredSound | null>(
      (least, each) => (least === null || reachOf(each) < reachOf(least) ? each : least),
      null,
    );
  const lufs = Math.min(wanted, softest === null ? Infinity : reachOf(softest) + SOUND_LU);
  return { ...group, wanted, lufs, softest };
}

/** The loudness of the softest sound of a group, LUFS. */
function bottomOf({ lufs, softest }: LoudGroup): number {
  return Math.min(lufs, softest === null ? Infinity : reachOf(softest));
}

/** @param holder whose softest sound says how loud the group may be, if it may not be as loud as wanted */
function byLoudness({ family, way, sounds, lufs, wanted }: LoudGroup, holder: LoudGroup | null): KitLevels {
  const familyShortLu = wanted - lufs;
  const heldBy = familyShortLu > 0 ? (holder?.softest?.path ?? null) : null;
  const levelling = (sound: MeasuredSound): Levelling => ({
    gainDb: worthwhile(Math.min(lufs, reachOf(sound)) - sound.lufs),
    shortLu: Math.max(0, lufs - reachOf(sound)),
    familyShortLu,
    heldBy,
    peakDbtp: null,
  });
  return {
    sounds: new Map(sounds.map((sound) => [sound.path, levelling(sound)])),
    families: [{ family, way, lufs, wantedLufs: wanted, peakDbtp: null, heldBy }],
  };
}

function worthwhile(gainDb: number): number {
  return Math.abs(gainDb) < LEAST_GAIN_DB ? 0 : gainDb;
}

/** How loud a sound can be under the ceiling, LUFS. */
function reachOf({ lufs, truePeakDb }: SoundLevel): number {
  return lufs + CEILING_DBTP - truePeakDb;
}

function near(centre: number, lufs: number): number {
  return Math.min(centre + FAMILY_LU, Math.max(centre - FAMILY_LU, lufs));
}

/** NaN of nothing. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
