/**
 * Closing a loop by a matched splice: start and length are searched together, near where they are wanted,
 * for the pair of places whose crossfade is least audible; the fade grows where the short one measures
 * badly; runner-up places are tried, each crossfade is measured, the best closed and its wrap placed.
 */
import { withRooms } from '../dsp/rooms.ts';
import { copyOf, frameCount, type Sound } from '../dsp/sound.ts';
import { withFade } from './band-crossfade.ts';
import type { Course } from './course.ts';
import type { Crossfade } from './crossfade.ts';
import { measureSurroundings, type SearchWorkspace, searchWorkspace } from './crossfade-candidates.ts';
import { type Allows, searchCrossfades } from './crossfade-search.ts';
import { EnergyTrack } from './energy.ts';
import { evenCrossfade } from './even-crossfade.ts';
import { evenSwell } from './even-swell.ts';
import { fadeRank } from './fade-rank.ts';
import { type LoopPulse, pulseExcess, pulsesIn } from './loop-pulse.ts';
import type { MeasuredCrossfade } from './measure-crossfade.ts';
import { placeWrap } from './place-wrap.ts';
import { COMFORTABLE_SEAM, NO_SEAM, type Seam, seamSeverity } from './seam.ts';
import { crossfadeLevel } from './seam-meter.ts';
import type { LoopBounds, Surroundings } from './search.ts';
import { type LoopSearch, SearchRecorder } from './search-record.ts';

export interface LoopRequest {
  /** Wanted start within the given sound, frames; at least `fade` frames must lie before it. */
  readonly start: number;
  /** Wanted length, frames. */
  readonly length: number;
  /** How far the start may move either way, frames. */
  readonly startSlack: number;
  /** How far the length may move either way, frames, a second at most; 0 = exact. */
  readonly lengthSlack: number;
  /**
   * How far the length may move either way where the sound pulses and nothing within `lengthSlack` holds whole periods,
   * frames; left out where no further.
   */
  readonly pulseSlack?: number;
  /** Shortest crossfade, frames, half the loop at most; it may grow up to a third of the loop or 8 s. */
  readonly fade: number;
  /** By how much a swell of the finished loop is evened out at most, dB peak to trough; left out where it stays. */
  readonly mostEvenedDb?: number;
  /** Whether a loop may lie there, frames of the given sound; left out where any may. */
  readonly allows?: Allows;
  /** Where in the source a frame of the given sound lies, seconds; the search is recorded where this is given. */
  readonly sourceSecOf?: ((start: number) => number) | undefined;
}

export interface ClosedLoop {
  readonly sound: Sound;
  /** The region of the given sound that goes round, frames. */
  readonly start: number;
  readonly length: number;
  /** By how much the loop was rotated: its first frame is the one at start + rotation. */
  readonly rotation: number;
  readonly crossfade: Crossfade;
  /** Correlation of the two sides of the crossfade. */
  readonly correlation: number;
  readonly seam: Seam;
  readonly course: Course;
  /** The steady pulse that it goes over, and how exactly it holds whole periods; null where nothing pulses. */
  readonly pulse: LoopPulse | null;
  /** What was looked at; only where it was asked for. */
  readonly search?: LoopSearch;
}

/**
 * A crossfade that lies further out than this share of the stretches of its loop is found out by who compares them. Few are: even-crossfade.ts
 * brings most of them among the others.
 */
const LEAST_FOUND_OUT = 0.9;
const FOUND_OUT_COST = 1;
const AUDIBLE_COST = 10;
/**
 * Longest crossfade, as part of the loop. Of longer ones there are too few stretches as long to lie among: with half the
 * loop 18 % of 108 pads hard to close were found out, with a third 12 %, before crossfades were evened.
 */
const LONGEST_FADE = 1 / 3;
/**
 * Bounds for long loops, so that a search takes bounded time and memory: a third of a loop of 24 s is more fade than
 * anything needs, and a second either way is as much choice of length as a loop of 10 s has at the usual tenth.
 */
const LONGEST_FADE_SEC = 8;
const LONGEST_SLACK_SEC = 1;

/**
 * The best loop near the wanted place, with its seam figures: the caller decides whether they are good
 * enough ({@link seamSeverity}).
 * @param surroundings measured in the sound that the loop is cut from
 * @returns null where no loop of that length fits into the sound, or none that was found is allowed
 */
export function closeWithin(surroundings: Surroundings, request: LoopRequest): ClosedLoop | null {
  const { sound } = surroundings;
  const asked = loopBounds(sound, request, request);
  if (!asked) return null;
  const bounds = pulseBounds(surroundings, request, asked) ?? asked;
  const { fade, allows = () => true, mostEvenedDb = 0, sourceSecOf } = request;
  const recorder = sourceSecOf ? new SearchRecorder(sound.sampleRate, sourceSecOf) : null;
  return withRooms((rooms) => {
    const workspace = searchWorkspace(surroundings, bounds, rooms);
    let best: {
      readonly crossfade: MeasuredCrossfade;
      readonly loop: ClosedLoop;
      readonly cost: number;
    } | null = null;
    for (const crossfade of searchCrossfades(workspace, bounds, fade, allows, recorder)) {
      // Whoever wants to see the search is told all figures.
      const most = recorder ? Infinity : (best?.cost ?? Infinity);
      const loop = close(workspace, crossfade, mostEvenedDb, most);
      if (!loop) continue;
      recorder?.closed(crossfade, loop.seam);
      const cost = costOf(loop);
      if (!best || cost < best.cost) best = { crossfade, loop, cost };
      if (best.cost <= 1) break;
    }
    if (!best) return null;
    return recorder ? { ...best.loop, search: recorder.record(best.crossfade) } : best.loop;
  });
}

/** {@link closeWithin} of a sound that nothing was measured in. */
export function closeLoop(sound: Sound, request: LoopRequest): ClosedLoop | null {
  return loopBounds(sound, request, request) && closeWithin(measureSurroundings(sound), request);
}

/** Up to 1 for a loop that is an A and whose crossfade is not found out, more than any other where its seam is audible. */
function costOf({ sound, crossfade, seam }: ClosedLoop): number {
  const cost = seamCost(seam);
  if (cost >= AUDIBLE_COST) return cost;
  return cost + (fadeRank(sound, crossfade) > LEAST_FOUND_OUT ? FOUND_OUT_COST : 0);
}

/** What a seam costs; no less where any of its figures is worse. */
function seamCost(seam: Seam): number {
  const severity = seamSeverity(seam);
  return severity > 1 ? AUDIBLE_COST * severity : seamSeverity(seam, COMFORTABLE_SEAM);
}

/** @returns null where the level of the crossfade alone costs so much or more: the rest of its seam is then not measured */
function close(
  workspace: SearchWorkspace,
  crossfade: MeasuredCrossfade,
  mostEvenedDb: number,
  most: number,
): ClosedLoop | null {
  const { start, length, rising, blend, correlation } = crossfade;
  const fade = { start: length - rising.length, length: rising.length };
  const pulse = pulseOf(workspace, start, length);
  const pulses = pulsesIn(pulse, length / workspace.sound.sampleRate);
  return withRooms((rooms) => {
    const closed = withFade(workspace.sound, start, length, blend, rooms);
    const evened = evenCrossfade(evenSwell(closed, mostEvenedDb, pulses, rooms), fade, rooms);
    const energies = new EnergyTrack(evened);
    const levelDb = crossfadeLevel(evened, fade, energies);
    if (seamCost({ ...NO_SEAM, levelDb }) >= most) return null;
    const { sound, rotation, crossfade: placed, seam, course } = placeWrap(evened, fade, pulses, energies);
    return {
      // What is not rotated still lies in the rooms.
      sound: rotation === 0 ? copyOf(sound) : sound,
      start,
      length,
      rotation,
      crossfade: placed!,
      correlation,
      seam,
      course,
      pulse,
    };
  });
}

function pulseOf({ pulse, sound }: SearchWorkspace, start: number, length: number): LoopPulse | null {
  if (!pulse) return null;
  const { hz, depthDb } = pulse;
  return { hz, depthDb, errorMs: (1000 * pulseExcess(pulse, start, length)) / sound.sampleRate };
}

/**
 * Bounds about the whole number of periods nearest to the wanted length, where none lies within what was asked; null
 * where one does, where nothing pulses, or where the length is exact.
 */
function pulseBounds(
  { sound, pulse }: Surroundings,
  request: LoopRequest,
  asked: LoopBounds,
): LoopBounds | null {
  if (!pulse || request.lengthSlack === 0) return null;
  const { period, play } = pulse;
  if (Math.floor(asked.longest / period) * period >= asked.shortest) return null;
  const fewest = Math.max(1, Math.floor(request.length / period));
  // A loop twice as long is as far from what was asked as one half as long.
  const nearest = [fewest, fewest + 1].sort(
    (a, b) => apart(a * period, request) - apart(b * period, request),
  );
  for (const periods of nearest) {
    const length = Math.round(periods * period);
    if (Math.abs(length - request.length) > (request.pulseSlack ?? request.lengthSlack)) continue;
    const bounds = loopBounds(sound, request, { length, lengthSlack: Math.ceil(2 * play) });
    if (bounds && bounds.longest >= length) return bounds;
  }
  return null;
}

function apart(length: number, request: LoopRequest): number {
  return Math.max(length / request.length, request.length / length);
}

/** @param lengths wanted length and slack, frames: the request's own, or those that a pulse asks for */
function loopBounds(
  sound: Sound,
  request: LoopRequest,
  lengths: Pick<LoopRequest, 'length' | 'lengthSlack'>,
): LoopBounds | null {
  const frames = frameCount(sound);
  const slack = Math.min(lengths.lengthSlack, Math.round(LONGEST_SLACK_SEC * sound.sampleRate));
  const shortest = lengths.length - slack;
  const firstStart = Math.max(request.fade, request.start - request.startSlack);
  const longest = Math.min(lengths.length + slack, frames - firstStart);
  const lastStart = Math.min(request.start + request.startSlack, frames - longest);
  if (longest < shortest || lastStart < firstStart) return null;
  const longestFade = Math.min(
    Math.max(Math.floor(LONGEST_FADE * shortest), Math.min(request.fade, shortest >> 1)),
    lastStart,
    Math.round(LONGEST_FADE_SEC * sound.sampleRate),
  );
  return { firstStart, lastStart, shortest, longest, longestFade };
}
