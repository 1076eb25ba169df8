/** One moment of a source, closed into a loop near it. */
import type { Analysis } from '../../analysis/analysis.ts';
import { eventOf } from '../../analysis/event.ts';
import { pulsedStretchOf } from '../../analysis/moment-pulse.ts';
import { type Moment, type MomentLimits, momentJudge, type TimeRange } from '../../analysis/moments.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { type ClosedLoop, closeWithin, type LoopRequest } from '../../loops/close.ts';
import { COMFORTABLE_COURSE } from '../../loops/course.ts';
import { measureSurroundings } from '../../loops/crossfade-candidates.ts';
import { foreseenLandmark } from '../../loops/foreseen-landmark.ts';
import { landmarkSeverity } from '../../loops/landmark.ts';
import { seamSeverity } from '../../loops/seam.ts';
import type { Surroundings } from '../../loops/search.ts';
import { lengthSlackOf, PULSE_SLACK, type WantedLength } from '../shared/wanted-lengths.ts';
import type { Material, Texture } from '../texture.ts';
import type { PadSettings } from './settings.ts';

/** Share of the moment's stability that the loop cut near it must have kept. */
const LEAST_STABILITY = 0.85;

/** A moment that was closed. */
export interface Closed extends Pick<ClosedLoop, 'course'> {
  readonly texture: Texture;
  readonly stretch: TimeRange;
}

/** Which moment is to be closed, to what length, within which limits. */
interface ToClose {
  readonly wanted: WantedLength;
  readonly limits: MomentLimits;
  readonly moment: Moment;
}

/** A moment of which every loop would tell how long it is: to be closed only where nothing better is found. */
export interface Postponed {
  /** By how much it would tell, foreseen; {@link courseSeverity} of what a good loop keeps to. */
  readonly severity: number;
  readonly close: () => Closed | Failure;
}

/** What is wrong with every loop near a moment. */
type Failure = 'audible' | 'restless';

/** Foreseen to be so far beyond what a good loop keeps to, a landmark is one: what is foreseen and what is measured differ a little. */
const FORESEEN = 1.2;

/** The moment as a pad, or what is wrong with every loop near it. */
export async function closeMoment(
  material: Material,
  settings: PadSettings,
  { wanted, limits, moment }: ToClose,
): Promise<Closed | Postponed | Failure> {
  const { reader, analysis, passage } = material;
  const { sampleRate } = reader;
  const begin = passage?.start ?? 0;
  const startSlack = Math.round((settings.pad_miner.window_hop_sec * sampleRate) / 2);
  const lengthSlack = lengthSlackOf(wanted);
  const pulses = pulsedStretchOf(analysis)(moment.start, moment.length) !== null;
  const pulseSlack = pulses ? Math.round(PULSE_SLACK * wanted.frames) : lengthSlack;
  // Room for the crossfade, which a setting may make half the loop, and for whole periods of a slow pulse.
  const from = Math.max(0, moment.start - startSlack - (wanted.frames >> 1) - (pulseSlack - lengthSlack));
  const to = Math.min(reader.frameCount, moment.start + startSlack + wanted.frames + pulseSlack);
  const isAllowed = allowedNear(moment, analysis, limits);
  const semitones = semitonesToKey(analysis.key, settings.musicality.target_key);
  const request: LoopRequest = {
    start: moment.start - from,
    length: wanted.frames,
    startSlack,
    lengthSlack,
    pulseSlack,
    fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
    mostEvenedDb: settings.pad_miner.even_swell_db,
    allows: (start, length, fade) => isAllowed(from + start, length, fade),
    sourceSecOf: material.recordsLoops ? (start) => (begin + from + start) / sampleRate : undefined,
  };
  const surroundings = measureSurroundings(
    await stretchRange(reader, from, to - from, { factor: 1, semitones }),
  );
  const close = () => {
    const closed = closeWithin(surroundings, request);
    if (!closed) return 'restless';
    if (seamSeverity(closed.seam) > 1) return 'audible';
    const stretch = { start: from + closed.start, length: closed.length };
    const texture = padTexture(closed, stretch, moment, semitones, material, settings);
    return { course: closed.course, stretch, texture };
  };
  const severity = foreseenSeverity(surroundings, request);
  return severity < FORESEEN || moment.isEventful ? close() : { severity, close };
}

/** By the frames that every loop holds, wherever its start and however short it is. */
function foreseenSeverity(surroundings: Surroundings, request: LoopRequest): number {
  const { start, startSlack, length, lengthSlack, fade } = request;
  const to = start - startSlack + length - lengthSlack - fade;
  const landmark = foreseenLandmark(surroundings, start + startSlack, to);
  return landmarkSeverity(landmark, COMFORTABLE_COURSE.landmark);
}

/**
 * Whether a loop may lie at a start, with a length and a crossfade, in frames: the search moves it, and its crossfade may grow, and
 * no attack must come inside.
 */
function allowedNear(moment: Moment, analysis: Analysis, limits: MomentLimits) {
  const stability = stabilityOf(analysis);
  const judge = momentJudge(analysis, limits);
  const isEventful = eventOf(analysis, pulsedStretchOf(analysis));
  return (start: number, length: number, fade: number): boolean =>
    stability(start - fade, fade + length).score >= LEAST_STABILITY * moment.score &&
    judge({ start, length }, fade).length === 0 &&
    (moment.isEventful || !isEventful(start - fade, fade + length));
}

function padTexture(
  closed: ClosedLoop,
  stretch: TimeRange,
  moment: Moment,
  transposition: number,
  { reader: { sampleRate }, passage }: Material,
  settings: PadSettings,
): Texture {
  const start = stretch.start + (passage?.start ?? 0);
  return {
    family: 'pad',
    naming: 'pad',
    index: 0,
    variant: '',
    sound: closed.sound,
    loop: {
      kind: 'splice',
      crossfade: closed.crossfade,
      seam: closed.seam,
      course: closed.course,
      pulse: closed.pulse,
      search: closed.search,
    },
    origin: {
      startSec: start / sampleRate,
      endSec: (start + stretch.length) / sampleRate,
    },
    part: passage ? 'harmonic' : 'whole',
    stability: moment.score,
    transposition,
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}
