/**
 * Pads: the moments of a source where the music is steady, each closed into a seamless loop.
 * Moments are tried best and most varied first; one whose best loop would close audibly is skipped
 * for the next, so that all that is written loops.
 */
import type { Analysis } from '../../analysis/analysis.ts';
import { type MomentQueue, momentQueue } from '../../analysis/diverse.ts';
import { eventOf } from '../../analysis/event.ts';
import { pulsedStretchOf } from '../../analysis/moment-pulse.ts';
import {
  findMoments,
  type Moment,
  type MomentLimits,
  type MomentRequest,
  momentJudge,
  type TimeRange,
} from '../../analysis/moments.ts';
import { levelLimits } from '../../analysis/song-level.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { type ClosedLoop, closeLoop } from '../../loops/close.ts';
import { COMFORTABLE_COURSE, courseSeverity } from '../../loops/course.ts';
import { seamSeverity } from '../../loops/seam.ts';
import {
  lengthSlackOf,
  type NoSteadyTempo,
  PULSE_SLACK,
  type WantedLength,
  wantedLengths,
} from '../shared/wanted-lengths.ts';
import type { Made, Material, Texture } from '../texture.ts';
import { harmonicPads } from './harmonic-pads.ts';
import { Reserve } from './reserve.ts';
import type { PadSettings } from './settings.ts';
import { countSearch, type PartMining, type Shortfall, shortfallOf, startMining } from './shortfall.ts';

/** Why fewer pads were mined than were asked for, or none in bars. */
export type PadReason = NoSteadyTempo | Shortfall;

/** Share of the moment's stability that the loop cut near it must have kept. */
const LEAST_STABILITY = 0.85;
/** Moments tried for each that is wanted, before giving up. */
const TRIES_PER_PAD = 5;
/** Eventful moments tried, where there is nothing else, before the best of them is taken. */
const EVENTFUL_TRIED = 3;

/** Mines pads from a source: `max_candidates_per_file` for every length asked. */
export async function* makePads(material: Material, settings: PadSettings): AsyncGenerator<Made<PadReason>> {
  const { pad_miner: miner } = settings;
  const { sampleRate } = material.reader;
  const lengths = wantedLengths(
    miner.target_durations_sec,
    settings.musicality,
    material.analysis.tempo,
    sampleRate,
  );
  if (lengths.reason) yield { family: 'pad', reason: lengths.reason };
  const taken: Moment[] = [];
  let index = 0;
  for (const wanted of lengths.lengths) {
    const request: MomentRequest = {
      length: wanted.frames,
      leadIn: Math.min(Math.round((miner.loop_crossfade_ms / 1000) * sampleRate), wanted.frames >> 1),
      hop: Math.max(1, Math.round(miner.window_hop_sec * sampleRate)),
      limits: padLimits(settings, material.analysis),
    };
    const mining: Mining = { whole: startMining(), harmonic: startMining(), reserve: new Reserve() };
    for await (const pad of minedPads(material, settings, wanted, request, taken, mining)) {
      yield { ...pad, index: ++index };
    }
    const wantedCount = miner.max_candidates_per_file;
    if (mining.whole.made + mining.harmonic.made < wantedCount) {
      const { separate } = settings.pre_analysis;
      const seconds = Number((wanted.frames / sampleRate).toFixed(2));
      const fits = request.leadIn + request.length <= material.reader.frameCount;
      yield {
        family: 'pad',
        reason: shortfallOf({ ...mining, separate, seconds, wanted: wantedCount, fits }),
      };
    }
  }
}

/** What was searched for pads of one length. */
interface Mining {
  readonly whole: PartMining;
  readonly harmonic: PartMining;
  /** Pads that tell how long they are. */
  readonly reserve: Reserve;
}

/**
 * Pads of one length: of the source as it is, of what lasts in it, or of what lasts only where the first are too few. Where
 * all that gives nothing, the one that tells least how long it is.
 */
async function* minedPads(
  material: Material,
  settings: PadSettings,
  wanted: WantedLength,
  request: MomentRequest,
  taken: Moment[],
  { whole, harmonic, reserve }: Mining,
): AsyncGenerator<Texture> {
  const { separate } = settings.pre_analysis;
  const searchIn = (from: Material, part: PartMining) => {
    const search = findMoments(from.analysis, request);
    countSearch(part, search);
    return search.moments;
  };
  const pads = (from: Material, queue: MomentQueue, part: PartMining, count: number, tries: number) =>
    padsOf(from, settings, queue, { wanted, count, tries }, part, reserve);
  const count = settings.pad_miner.max_candidates_per_file;
  const moments = separate === 'harmonic' ? [] : searchIn(material, whole);
  yield* pads(material, momentQueue(moments.filter(isCalm), taken), whole, count, count * TRIES_PER_PAD);
  if (separate !== 'off' && whole.made < count) {
    const missing = { ...request, count: count - whole.made, slack: lengthSlackOf(wanted) };
    yield* harmonicPads(material, missing, taken, (passage, near) => {
      const calm = searchIn(passage, harmonic).filter(isCalm);
      return pads(passage, momentQueue(calm, near), harmonic, 1, TRIES_PER_PAD);
    });
  }
  if (whole.made + harmonic.made > 0) return;
  if (reserve.isEmpty) yield* pads(material, momentQueue(moments, taken), whole, 1, EVENTFUL_TRIED);
  if (whole.made === 0) yield* reserve.release();
}

function isCalm({ isEventful }: Moment): boolean {
  return !isEventful;
}

/** The limits a moment must keep to: levels, onsets and noise as the pad miner asks, the rest as pre-analysis does. */
function padLimits(
  { pad_miner: miner, pre_analysis: pre, curation: { thresholds } }: PadSettings,
  analysis: Analysis,
): MomentLimits {
  return {
    minStability: miner.min_stability,
    ...levelLimits(analysis, miner),
    maxOnsetRate: miner.max_onset_rate_per_second,
    maxFlatness: miner.spectral_flatness_threshold,
    maxCrest: pre.enabled ? pre.max_crest_factor : Infinity,
    maxDcOffset: pre.enabled ? pre.max_dc_offset : Infinity,
    allowClipping: !(pre.enabled && pre.skip_clipped_regions),
    mostClipped: thresholds.clipping_tolerance,
    minCentroidHz: pre.enabled ? pre.centroid_low_hz : null,
    maxCentroidHz: pre.enabled ? pre.centroid_high_hz : null,
  };
}

/** How many pads are wanted, and how many moments are tried for them. */
interface Effort {
  readonly wanted: WantedLength;
  readonly count: number;
  readonly tries: number;
}

/** Pads of the moments of a queue, the best first; those that tell how long they are go into the reserve. */
async function* padsOf(
  material: Material,
  settings: PadSettings,
  queue: MomentQueue,
  { wanted, count, tries }: Effort,
  part: PartMining,
  reserve: Reserve,
): AsyncGenerator<Texture> {
  let [made, left] = [0, tries];
  for (let moment = queue.next(); moment && made < count && left > 0; moment = queue.next(), left--) {
    const pad = await closeMoment(material, settings, wanted, moment);
    if (typeof pad === 'string') part[pad]++;
    else if (courseSeverity(pad.course, COMFORTABLE_COURSE) >= 1) {
      part.recurring++;
      reserve.add(pad.texture, part);
    } else if (!queue.overlaps(pad.stretch)) {
      queue.accept(moment, pad.stretch);
      part.made++;
      made++;
      yield pad.texture;
      continue;
    }
    queue.pass(moment);
  }
}

/** A moment that was closed. */
interface Closed extends Pick<ClosedLoop, 'course'> {
  readonly texture: Texture;
  readonly stretch: TimeRange;
}

/** The moment as a pad, or what is wrong with every loop near it. */
async function closeMoment(
  material: Material,
  settings: PadSettings,
  wanted: WantedLength,
  moment: Moment,
): Promise<Closed | 'audible' | 'restless'> {
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
  const still = stabilityOf(analysis);
  const judge = momentJudge(analysis, padLimits(settings, analysis));
  const isEventful = eventOf(analysis);
  const semitones = semitonesToKey(analysis.key, settings.musicality.target_key);
  const closed = closeLoop(await stretchRange(reader, from, to - from, { factor: 1, semitones }), {
    start: moment.start - from,
    length: wanted.frames,
    startSlack,
    lengthSlack,
    pulseSlack,
    fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
    mostEvenedDb: settings.pad_miner.even_swell_db,
    // The search moves it, and its crossfade may grow: an attack must not come inside.
    allows: (start, length, fade) =>
      still(from + start - fade, fade + length).score >= LEAST_STABILITY * moment.score &&
      judge({ start: from + start, length }, fade).length === 0 &&
      (moment.isEventful || !isEventful(from + start - fade, fade + length)),
    sourceSecOf: material.recordsLoops ? (start) => (begin + from + start) / sampleRate : undefined,
  });
  if (!closed) return 'restless';
  if (seamSeverity(closed.seam) > 1) return 'audible';
  const stretch = { start: from + closed.start, length: closed.length };
  const { course } = closed;
  return { course, stretch, texture: padTexture(closed, stretch, moment, semitones, material, settings) };
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
