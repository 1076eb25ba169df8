/** Where a source holds room tone: quiet and steady, and not the nothing of an empty track. */
import type { Analysis } from '../../analysis/analysis.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../../analysis/confidence.ts';
import { fadeOutStart } from '../../analysis/fade-out.ts';
import { segmentFigures } from '../../analysis/segments.ts';
import { type LevelLimits, songLevelDb, statedLevel } from '../../analysis/song-level.ts';
import type { RoomToneSettings } from './settings.ts';

/** A stretch of room tone, frames. */
export interface TimeRange {
  readonly start: number;
  readonly length: number;
}

/** Why a window is no room tone. */
export type RoomToneLimit = 'digital silence' | 'too quiet' | 'too loud' | 'crest' | 'unsteady' | 'fade-out';

export interface RoomToneSearch {
  /** Windows that are room tone, by time; neighbours overlap by half. */
  readonly windows: readonly TimeRange[];
  /** What follows without a gap and at one level, longest first. */
  readonly stretches: readonly TimeRange[];
  /** How many windows were looked at, and how many each limit excluded; a window counts at the first that it is beyond. */
  readonly windowCount: number;
  readonly excluded: ReadonlyMap<RoomToneLimit, number>;
}

/** Mean square of a cell that holds nothing, -120 dBFS in its file: under the noise of any converter, and 16-bit dither. */
const NOTHING = 1e-12;
/** Under the level of its source room tone lies this far at least, and at most, dB. */
const LEAST_UNDER_DB = 27;
const MOST_UNDER_DB = 62;
/** A recording with fewer onsets a second, and neither key nor root, is all room: of 28 songs and fields rain alone. */
const FEW_ONSETS = 0.5;
/** And its level stays within this standard deviation, dB (rain: 4, noise: 1, music with rests: 12 and more). */
const ROOM_SPREAD_DB = 8;

/** A window fades where the level falls by `max_level_change_db` over this many of its lengths about it. */
const FADE_REACH = 4;

/** Looks at windows of `length_sec`, each half a window on. */
export function findRoomTone(analysis: Analysis, miner: RoomToneSettings['room_tone']): RoomToneSearch {
  const { frameCount, sampleRate } = analysis;
  const length = Math.min(frameCount, Math.round(miner.length_sec * sampleRate));
  const hop = Math.max(1, length >> 1);
  const figures = segmentFigures(analysis);
  const excluded = new Map<RoomToneLimit, number>();
  const windows: TimeRange[] = [];
  const stretches: { start: number; length: number; levelDb: number }[] = [];
  const fadeStart = fadeOutStart(analysis);
  const levels = roomLevels(analysis, miner);
  let windowCount = 0;
  for (let start = 0; start + length <= frameCount; start += hop) {
    windowCount++;
    const limit = limitOf({ start, length }, analysis, miner, levels, fadeStart);
    if (limit) {
      excluded.set(limit, (excluded.get(limit) ?? 0) + 1);
      continue;
    }
    windows.push({ start, length });
    const levelDb = figures.rmsDb(start, length);
    const last = stretches[stretches.length - 1];
    const goesOn =
      last !== undefined &&
      start <= last.start + last.length &&
      Math.abs(levelDb - last.levelDb) <= miner.max_level_change_db;
    if (goesOn) last.length = start + length - last.start;
    else stretches.push({ start, length, levelDb });
  }
  stretches.sort((one, other) => other.length - one.length || one.start - other.start);
  return { windows, stretches, windowCount, excluded };
}

/** The first limit that a window is beyond, or null. */
function limitOf(
  { start, length }: TimeRange,
  analysis: Analysis,
  miner: RoomToneSettings['room_tone'],
  { minRmsDb, maxRmsDb }: LevelLimits,
  fadeStart: number,
): RoomToneLimit | null {
  const figures = segmentFigures(analysis);
  if (holdsNothing({ start, length }, analysis)) return 'digital silence';
  const levelDb = figures.rmsDb(start, length);
  if (levelDb < minRmsDb) return 'too quiet';
  if (levelDb > maxRmsDb) return 'too loud';
  if (figures.crest(start, length) > miner.max_crest_factor) return 'crest';
  if (figures.levelSpreadDb(start, length) > miner.max_level_change_db) return 'unsteady';
  if (start < fadeStart) return null;
  // What is left of music as it fades out is no room; what is steady once it is gone may be.
  const count = Math.min(analysis.frameCount, FADE_REACH * length);
  const from = Math.min(analysis.frameCount - count, Math.max(0, start - ((count - length) >> 1)));
  return figures.slopeDb(from, count) < -miner.max_level_change_db ? 'fade-out' : null;
}

/** Between which levels a source's room tone lies, in the scale of its analysis. */
function roomLevels(
  analysis: Analysis,
  { min_rms_db: min, max_rms_db: max }: RoomToneSettings['room_tone'],
): LevelLimits {
  const level = songLevelDb(analysis);
  const loudest = isAllRoom(analysis) ? Infinity : level - LEAST_UNDER_DB;
  return {
    minRmsDb: min === null ? level - MOST_UNDER_DB : statedLevel(analysis, min),
    maxRmsDb: max === null ? loudest : statedLevel(analysis, max),
  };
}

/** Whether nobody plays anywhere: then its own level is that of the room. */
function isAllRoom(analysis: Analysis): boolean {
  const { key, root, onsets, frameCount, sampleRate } = analysis;
  const { key: clearKey, root: clearRoot } = CLEAR_ENOUGH_TO_SAY;
  return (
    // But for the one that it begins with.
    (onsets.length - 1) * sampleRate < FEW_ONSETS * frameCount &&
    segmentFigures(analysis).levelSpreadDb(0, frameCount) < ROOM_SPREAD_DB &&
    !isClear(key, clearKey) &&
    !isClear(root, clearRoot)
  );
}

/** Whether there is nothing at all in some part of a window, as where a fade-out ends in zeros. */
function holdsNothing({ start, length }: TimeRange, { power, hop, gain }: Analysis): boolean {
  for (let cell = Math.floor(start / hop); cell < Math.floor((start + length) / hop); cell++) {
    if (power[cell] < NOTHING * gain * gain) return true;
  }
  return false;
}

/** Why there is no room tone in a source. */
export type NoRoomTone =
  | { readonly code: 'too-short-for-room-tone' }
  | {
      readonly code: 'no-room-tone';
      /** Windows looked at, and the length of each, s. */
      readonly windows: number;
      readonly windowSec: number;
      /** How many each limit excluded, the most first. */
      readonly refused: readonly { readonly gate: RoomToneLimit; readonly count: number }[];
    };

/** Of a search that found nothing. */
export function whyNoRoomTone(
  { windowCount, excluded }: RoomToneSearch,
  { length_sec }: RoomToneSettings['room_tone'],
): NoRoomTone {
  if (windowCount === 0) return { code: 'too-short-for-room-tone' };
  const counts = [...excluded].map(([gate, count]) => ({ gate, count }));
  return {
    code: 'no-room-tone',
    windows: windowCount,
    windowSec: length_sec,
    refused: counts.sort((one, other) => other.count - one.count),
  };
}
