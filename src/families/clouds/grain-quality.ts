import type { Analysis } from '../../analysis/analysis.ts';
import { levelLimits } from '../../analysis/song-level.ts';
import { cos, log10 } from '../../dsp/maths.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** A fault that pre_analysis says to skip leaves this much of the quality: too little for the default threshold. */
const SKIPPED = 0.2;
/** A grain this far under what is too quiet counts as silent, dB. */
const SILENCE_RANGE_DB = 20;
/** An onset counts in full from this level under a grain's envelope on: 6 dB below its middle. */
const AUDIBLE_ONSET = 0.5;
/** Share of the energy by which the halves of a grain may differ unpunished; at 1 all of it is in one half. */
const LOPSIDED = 0.6;

/**
 * How well a stretch of the source serves as a grain, 0 (unusable) to 1: loud enough, without DC that remains, clipping,
 * attacks or a steep envelope. A product of factors, each 1 where that fault is absent, read off the
 * analysis' cells.
 * @param from first sample
 * @param to sample after the last
 */
export function grainQuality(
  analysis: Analysis,
  from: number,
  to: number,
  limits: SharedSettings['pre_analysis'],
): number {
  const { hop } = analysis;
  const first = Math.max(0, Math.floor(from / hop));
  const end = Math.min(analysis.cellCount, Math.max(first + 1, Math.ceil(to / hop)));
  const middle = (first + end) / 2;
  let energy = 0;
  let lean = 0;
  let peak = 0;
  let offset = 0;
  let clipped = 0;
  for (let cell = first; cell < end; cell++) {
    const power = analysis.power[cell];
    energy += power;
    lean += cell + 0.5 < middle ? -power : cell + 0.5 > middle ? power : 0;
    peak = Math.max(peak, analysis.peak[cell]);
    offset += analysis.remainingDc[cell];
    clipped += analysis.clipped[cell];
  }
  if (energy === 0) return 0;
  const cells = end - first;
  const rms = Math.sqrt(energy / cells);
  const levelDb = 20 * log10(rms);
  let quality = ramp((levelDb - levelLimits(analysis, limits).minRmsDb) / SILENCE_RANGE_DB + 1);
  quality *= ramp(2 - Math.abs(offset) / cells / limits.max_dc_offset);
  quality *= ramp(2 - peak / rms / limits.max_crest_factor);
  quality *= ramp((1 - Math.abs(lean) / energy) / (1 - LOPSIDED));
  if (limits.skip_clipped_regions && clipped > 0) quality *= SKIPPED;
  if (limits.skip_transient_regions) {
    quality *= 1 - (1 - SKIPPED) * ramp(onsetLevel(analysis.onsets, first, end) / AUDIBLE_ONSET);
  }
  return quality;
}

function ramp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** The most that a Hann envelope over cells [first, end) leaves of an onset, 0 where none begins there; onsets ascend. */
function onsetLevel(onsets: Int32Array, first: number, end: number): number {
  let low = 0;
  let high = onsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (onsets[middle] < first) low = middle + 1;
    else high = middle;
  }
  let most = 0;
  for (; low < onsets.length && onsets[low] < end; low++) {
    most = Math.max(most, 0.5 - 0.5 * cos((2 * Math.PI * (onsets[low] + 0.5 - first)) / (end - first)));
  }
  return most;
}
