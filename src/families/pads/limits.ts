import type { Analysis } from '../../analysis/analysis.ts';
import type { MomentLimits } from '../../analysis/moments.ts';
import { levelLimits } from '../../analysis/song-level.ts';
import type { PadSettings } from './settings.ts';

/**
 * The limits a moment must keep to: levels, onsets and noise as the pad miner asks, the rest as pre-analysis does.
 * @param analysis that of the whole source, whose level counts for its passages too
 */
export function padLimits(
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
