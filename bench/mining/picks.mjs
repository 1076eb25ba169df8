/** What the engine picks of a song: the moments its queue offers first, and the pads it makes. */
import { analyse } from '../../dist/analysis/analyse.js';
import { momentQueue } from '../../dist/analysis/diverse.js';
import { findMoments } from '../../dist/analysis/moments.js';
import { removeDrift } from '../../dist/analysis/remove-drift.js';
import { levelLimits } from '../../dist/analysis/song-level.js';
import { resampled } from '../../dist/archive/resampled.js';
import { defaultSettings } from '../../dist/config/defaults.js';
import { Random } from '../../dist/dsp/random.js';
import { soundReader } from '../../dist/dsp/sound.js';
import { makePads } from '../../dist/families/pads/make.js';

/** Seconds; as many picks as `max_candidates_per_file`. @returns {Promise<{ moments: Span[], pads: Span[] }>} */
export async function picksOf(sound) {
  const settings = defaultSettings();
  const reader = resampled(soundReader(sound), settings.global.sample_rate);
  const analysis = await analyse(reader);
  const material = { name: 'song', reader: removeDrift(reader, analysis), analysis };
  const pads = [];
  for await (const made of makePads(material, settings, (...words) => new Random('bench', ...words))) {
    if ('sound' in made) pads.push({ start: made.origin.startSec, end: made.origin.endSec });
  }
  return { moments: firstMoments(analysis, settings), pads };
}

/** The moments as they would be taken if every one of them closed. */
function firstMoments(analysis, { pad_miner: miner, pre_analysis: pre, curation }) {
  const { sampleRate } = analysis;
  const { moments } = findMoments(analysis, {
    length: Math.round(miner.target_durations_sec[0] * sampleRate),
    leadIn: Math.round((miner.loop_crossfade_ms / 1000) * sampleRate),
    hop: Math.round(miner.window_hop_sec * sampleRate),
    limits: {
      minStability: miner.min_stability,
      ...levelLimits(analysis, miner),
      maxOnsetRate: miner.max_onset_rate_per_second,
      maxFlatness: miner.spectral_flatness_threshold,
      maxCrest: pre.max_crest_factor,
      maxDcOffset: pre.max_dc_offset,
      allowClipping: !pre.skip_clipped_regions,
      mostClipped: curation.thresholds.clipping_tolerance,
      minCentroidHz: null,
      maxCentroidHz: null,
    },
  });
  const queue = momentQueue(moments);
  const picks = [];
  for (
    let moment = queue.next();
    moment && picks.length < miner.max_candidates_per_file;
    moment = queue.next()
  ) {
    queue.accept(moment, moment);
    picks.push({ start: moment.start / sampleRate, end: (moment.start + moment.length) / sampleRate });
  }
  return picks;
}
