/**
 * Pads: the moments of a source where the music is steady, each closed into a seamless loop.
 * Moments are tried best and most varied first; one whose best loop would close audibly is skipped
 * for the next, so that all that is written loops.
 */
import { momentQueue } from '../../analysis/diverse.ts';
import { findMoments, type Moment, type MomentRequest } from '../../analysis/moments.ts';
import {
  lengthSlackOf,
  type NoSteadyTempo,
  type WantedLength,
  wantedLengths,
} from '../shared/wanted-lengths.ts';
import type { Made, Material, Texture } from '../texture.ts';
import { harmonicPads } from './harmonic-pads.ts';
import { padLimits } from './limits.ts';
import { padsOfQueue } from './pads-of-queue.ts';
import { Reserve } from './reserve.ts';
import type { PadSettings } from './settings.ts';
import { countSearch, type PartMining, type Shortfall, shortfallOf, startMining } from './shortfall.ts';

/** Why fewer pads were mined than were asked for, or none in bars. */
export type PadReason = NoSteadyTempo | Shortfall;

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
  const { limits } = request;
  const searchIn = (from: Material, part: PartMining) => {
    const search = findMoments(from.analysis, request);
    countSearch(part, search);
    return search.moments;
  };
  const padsIn = (from: Material, moments: Moment[], near: Moment[], count: number, tries: number) => {
    const part = from === material ? whole : harmonic;
    const effort = { wanted, limits, count, tries };
    return padsOfQueue(from, settings, momentQueue(moments, near), effort, part, reserve);
  };
  const count = settings.pad_miner.max_candidates_per_file;
  const moments = separate === 'harmonic' ? [] : searchIn(material, whole);
  yield* padsIn(material, moments.filter(isCalm), taken, count, count * TRIES_PER_PAD);
  if (separate !== 'off' && whole.made < count) {
    const missing = { ...request, count: count - whole.made, slack: lengthSlackOf(wanted) };
    yield* harmonicPads(material, missing, taken, (passage, near) =>
      padsIn(passage, searchIn(passage, harmonic).filter(isCalm), near, 1, TRIES_PER_PAD),
    );
  }
  if (whole.made + harmonic.made > 0) return;
  // The calm ones were tried.
  yield* reserve.release();
  if (whole.made + harmonic.made > 0) return;
  const eventful = moments.filter(({ isEventful }) => isEventful);
  yield* padsIn(material, eventful, taken, 1, EVENTFUL_TRIED);
  if (whole.made === 0) yield* reserve.release();
}

function isCalm({ isEventful }: Moment): boolean {
  return !isEventful;
}
