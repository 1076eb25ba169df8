/**
 * Pads: the moments of a source where the music is steady, each closed into a seamless loop.
 * Moments are tried best and most varied first; one whose best loop would close audibly is skipped
 * for the next, so that all that is written loops.
 */
import { momentQueue } from '../../analysis/diverse.ts';
import { pulsedStretchOf } from '../../analysis/moment-pulse.ts';
import {
  findMoments,
  type Moment,
  type MomentLimits,
  type MomentSearch,
  momentJudge,
  type TimeRange,
} from '../../analysis/moments.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { type ClosedLoop, closeLoop } from '../../loops/close.ts';
import { seamSeverity } from '../../loops/seam.ts';
import {
  lengthSlackOf,
  type NoSteadyTempo,
  PULSE_SLACK,
  type WantedLength,
  wantedLengths,
} from '../shared/wanted-lengths.ts';
import type { Made, Material, Texture } from '../texture.ts';
import type { PadSettings } from './settings.ts';
import { type MiningTally, type Shortfall, shortfallOf } from './shortfall.ts';

/** Why fewer pads were mined than were asked for, or none in bars. */
export type PadReason = NoSteadyTempo | Shortfall;

/** Share of the moment's stability that the loop cut near it must have kept. */
const LEAST_STABILITY = 0.85;
/** Moments tried for each that is wanted, before giving up. */
const TRIES_PER_PAD = 5;

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
    const search = findMoments(material.analysis, {
      length: wanted.frames,
      leadIn: Math.min(Math.round((miner.loop_crossfade_ms / 1000) * sampleRate), wanted.frames >> 1),
      hop: Math.max(1, Math.round(miner.window_hop_sec * sampleRate)),
      limits: padLimits(settings),
    });
    const tally: MiningTally = { made: 0, audible: 0, restless: 0 };
    for await (const pad of padsOfLength(material, settings, wanted, search, taken, tally)) {
      yield { ...pad, index: ++index };
    }
    const wantedCount = miner.max_candidates_per_file;
    if (tally.made < wantedCount) {
      const { separate } = settings.pre_analysis;
      const seconds = Number((wanted.frames / sampleRate).toFixed(2));
      const mining = { search, tally, seconds, wanted: wantedCount, separate };
      yield { family: 'pad', reason: shortfallOf(mining) };
    }
  }
}

/** The limits a moment must keep to: levels, onsets and noise as the pad miner asks, the rest as pre-analysis does. */
function padLimits({ pad_miner: miner, pre_analysis: pre }: PadSettings): MomentLimits {
  return {
    minStability: miner.min_stability,
    minRmsDb: miner.min_rms_db,
    maxRmsDb: miner.max_rms_db,
    maxOnsetRate: miner.max_onset_rate_per_second,
    maxFlatness: miner.spectral_flatness_threshold,
    maxCrest: pre.enabled ? pre.max_crest_factor : Infinity,
    maxDcOffset: pre.enabled ? pre.max_dc_offset : Infinity,
    allowClipping: !(pre.enabled && pre.skip_clipped_regions),
    minCentroidHz: pre.enabled ? pre.centroid_low_hz : null,
    maxCentroidHz: pre.enabled ? pre.centroid_high_hz : null,
  };
}

async function* padsOfLength(
  material: Material,
  settings: PadSettings,
  wanted: WantedLength,
  search: MomentSearch,
  taken: Moment[],
  tally: MiningTally,
): AsyncGenerator<Texture> {
  const count = settings.pad_miner.max_candidates_per_file;
  const queue = momentQueue(search.moments, taken);
  let left = count * TRIES_PER_PAD;
  for (let moment = queue.next(); moment && tally.made < count && left > 0; moment = queue.next(), left--) {
    const pad = await closeMoment(material, settings, wanted, moment);
    if (typeof pad === 'string') tally[pad]++;
    else if (!queue.overlaps(pad.stretch)) {
      queue.accept(moment, pad.stretch);
      tally.made++;
      yield pad.texture;
      continue;
    }
    queue.pass(moment);
  }
}

/** The moment as a pad, or what is wrong with every loop near it. */
async function closeMoment(
  material: Material,
  settings: PadSettings,
  wanted: WantedLength,
  moment: Moment,
): Promise<{ texture: Texture; stretch: TimeRange } | 'audible' | 'restless'> {
  const { reader, analysis } = material;
  const { sampleRate } = reader;
  const startSlack = Math.round((settings.pad_miner.window_hop_sec * sampleRate) / 2);
  const lengthSlack = lengthSlackOf(wanted);
  const pulses = pulsedStretchOf(analysis)(moment.start, moment.length) !== null;
  const pulseSlack = pulses ? Math.round(PULSE_SLACK * wanted.frames) : lengthSlack;
  // Room for the crossfade to grow to half the loop, and for whole periods of a slow pulse.
  const from = Math.max(0, moment.start - startSlack - (wanted.frames >> 1) - (pulseSlack - lengthSlack));
  const to = Math.min(reader.frameCount, moment.start + startSlack + wanted.frames + pulseSlack);
  const still = stabilityOf(analysis);
  const judge = momentJudge(analysis, padLimits(settings));
  const semitones = semitonesToKey(analysis.key, settings.musicality.target_key);
  const closed = closeLoop(await stretchRange(reader, from, to - from, { factor: 1, semitones }), {
    start: moment.start - from,
    length: wanted.frames,
    startSlack,
    lengthSlack,
    pulseSlack,
    fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
    // The search moves it, and its crossfade may grow: an attack must not come inside.
    allows: (start, length, fade) =>
      still(from + start - fade, fade + length).score >= LEAST_STABILITY * moment.score &&
      judge({ start: from + start, length }, fade).length === 0,
    sourceSecOf: material.recordsLoops ? (start) => (from + start) / sampleRate : undefined,
  });
  if (!closed) return 'restless';
  if (seamSeverity(closed.seam) > 1) return 'audible';
  const stretch = { start: from + closed.start, length: closed.length };
  return { stretch, texture: padTexture(closed, stretch, moment, semitones, material, settings) };
}

function padTexture(
  closed: ClosedLoop,
  stretch: TimeRange,
  moment: Moment,
  transposition: number,
  { reader: { sampleRate } }: Material,
  settings: PadSettings,
): Texture {
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
      pulse: closed.pulse,
      search: closed.search,
    },
    origin: {
      startSec: stretch.start / sampleRate,
      endSec: (stretch.start + stretch.length) / sampleRate,
    },
    stability: moment.score,
    transposition,
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}
