/** Where a source holds room tone: quiet and steady, and not the nothing of an empty track. */
import type { Analysis } from '../../analysis/analysis.ts';
import { fadeOutStart } from '../../analysis/fade-out.ts';
import { segmentFigures } from '../../analysis/segments.ts';
import type { RoomToneSettings } from './settings.ts';

/** A stretch of room tone, frames. */
export interface TimeRange {
  readonly start: number;
  readonly length: number;
}

/** Why a window is no room tone. */
type SilenceGate = 'digital silence' | 'too quiet' | 'too loud' | 'crest' | 'unsteady' | 'fade-out';

export interface RoomToneSearch {
  /** Windows that are room tone, by time; neighbours overlap by half. */
  readonly windows: readonly TimeRange[];
  /** What follows without a gap and at one level, longest first. */
  readonly stretches: readonly TimeRange[];
  /** How many windows were looked at, and how many each gate refused; a window counts where it fell first. */
  readonly windowCount: number;
  readonly refused: ReadonlyMap<SilenceGate, number>;
}

/** Mean square of a cell that holds nothing, -120 dBFS: under the noise of any converter, and 16-bit dither. */
const NOTHING = 1e-12;

/** A window fades where the level falls by `max_level_change_db` over this many of its lengths about it. */
const FADE_REACH = 4;

/** Looks at windows of `length_sec`, each half a window on. */
export function findRoomTone(analysis: Analysis, miner: RoomToneSettings['room_tone']): RoomToneSearch {
  const { frameCount, sampleRate } = analysis;
  const length = Math.min(frameCount, Math.round(miner.length_sec * sampleRate));
  const hop = Math.max(1, length >> 1);
  const figures = segmentFigures(analysis);
  const refused = new Map<SilenceGate, number>();
  const windows: TimeRange[] = [];
  const stretches: { start: number; length: number; levelDb: number }[] = [];
  const fadeStart = fadeOutStart(analysis);
  let windowCount = 0;
  for (let start = 0; start + length <= frameCount; start += hop) {
    windowCount++;
    const gate = gateOf({ start, length }, analysis, miner, fadeStart);
    if (gate) {
      refused.set(gate, (refused.get(gate) ?? 0) + 1);
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
  return { windows, stretches, windowCount, refused };
}

/** The first gate that refuses a window, or null. */
function gateOf(
  { start, length }: TimeRange,
  analysis: Analysis,
  miner: RoomToneSettings['room_tone'],
  fadeStart: number,
): SilenceGate | null {
  const figures = segmentFigures(analysis);
  if (holdsNothing({ start, length }, analysis)) return 'digital silence';
  const levelDb = figures.rmsDb(start, length);
  if (levelDb < miner.min_rms_db) return 'too quiet';
  if (levelDb > miner.max_rms_db) return 'too loud';
  if (figures.crest(start, length) > miner.max_crest_factor) return 'crest';
  if (figures.levelSpreadDb(start, length) > miner.max_level_change_db) return 'unsteady';
  if (start < fadeStart) return null;
  // What is left of music as it fades out is no room; what is steady once it is gone may be.
  const count = Math.min(analysis.frameCount, FADE_REACH * length);
  const from = Math.min(analysis.frameCount - count, Math.max(0, start - ((count - length) >> 1)));
  return figures.slopeDb(from, count) < -miner.max_level_change_db ? 'fade-out' : null;
}

/** Whether there is nothing at all in some part of a window, as where a fade-out ends in zeros. */
function holdsNothing({ start, length }: TimeRange, { power, hop }: Analysis): boolean {
  for (let cell = Math.floor(start / hop); cell < Math.floor((start + length) / hop); cell++) {
    if (power[cell] < NOTHING) return true;
  }
  return false;
}

/** Which setting lets more through, by what refused most. */
const ADVICE: Record<SilenceGate, string> = {
  'digital silence': 'its pauses are empty, so there is nothing to hear in them',
  'too quiet': 'lower room_tone.min_rms_db',
  'too loud': 'raise room_tone.max_rms_db',
  crest: 'raise room_tone.max_crest_factor',
  'fade-out': 'what is quiet in it is its fade-out; raise room_tone.max_level_change_db to use that',
  unsteady: 'raise room_tone.max_level_change_db',
};

/** Why there is no room tone in a source, and what to change. */
export function explainNoRoomTone(
  { windowCount, refused }: RoomToneSearch,
  { length_sec }: RoomToneSettings['room_tone'],
): string {
  if (windowCount === 0) return 'it is too short to hold room tone; lower room_tone.length_sec';
  const gates = [...refused].sort((one, other) => other[1] - one[1]);
  const refusals = gates.map(([gate, count]) => `${gate} ${count}`).join(', ');
  // What is too loud is the music itself: the gate that refused most of the rest says more.
  const [advised] = gates.find(([gate]) => gate !== 'too loud') ?? gates[0];
  return `no room tone in ${windowCount} windows of ${length_sec} s (${refusals}); ${ADVICE[advised]}`;
}
