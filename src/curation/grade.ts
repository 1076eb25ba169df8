import type { Settings } from '../config/settings.ts';
import { SEAM_LIMITS, type Seam, seamFaults } from '../loops/seam.ts';
import type { Figures } from './figures.ts';

export type Grade = 'A' | 'B' | 'F';

export interface Verdict {
  readonly grade: Grade;
  /** In words, each with its figure; empty only for grade A. */
  readonly reasons: readonly string[];
}

type Thresholds = Settings['curation']['thresholds'];

/** An A is at least this much louder than what counts as silent, dB. */
const LEVEL_MARGIN_DB = 15;
/** An A stays under this share of the largest crest factor (12, or 22 dB, by default). */
const CREST_SHARE = 0.6;
/** An A stays under this share of the DC and of the clipping that are too much. */
const FAULT_SHARE = 0.1;
/**
 * A comfortable seam: three quarters of the steps that are too large, a level within 1 dB, and at most a
 * twentieth more spectral change than the 95th percentile of the loop's own (a fade that cannot be heard has as much).
 */
const COMFORTABLE_SEAM: Seam = {
  step: 0.75 * SEAM_LIMITS.step,
  stepOfPeak: 0.75 * SEAM_LIMITS.stepOfPeak,
  levelDb: 1,
  flux: 1.05,
};

/**
 * Grades a texture: F beyond any threshold or with a seam that is heard, A comfortably inside all of them,
 * B between.
 */
export function gradeTexture(figures: Figures, thresholds: Thresholds): Verdict {
  const faults = findFaults(figures, thresholds);
  if (faults.length > 0) return { grade: 'F', reasons: faults };
  const doubts = findDoubts(figures, thresholds);
  return { grade: doubts.length > 0 ? 'B' : 'A', reasons: doubts };
}

/** What makes an F. */
function findFaults(figures: Figures, thresholds: Thresholds): string[] {
  const { rmsDb, crestFactor, dcOffset, clippedShare, seam } = figures;
  const faults: string[] = [];
  // Not `<`: the level of silence is -Infinity, and that of nothing at all is no number.
  if (!(rmsDb >= thresholds.min_rms_db)) {
    faults.push(`silent: ${decibels(rmsDb)} RMS, under ${thresholds.min_rms_db} dB`);
  }
  if (clippedShare > thresholds.clipping_tolerance) {
    faults.push(
      `${percent(clippedShare)} of the source clips there, over ${percent(thresholds.clipping_tolerance)}`,
    );
  }
  if (crestFactor > thresholds.max_crest_factor) {
    faults.push(`crest factor ${crestFactor.toFixed(1)}, over ${thresholds.max_crest_factor}`);
  }
  if (dcOffset > thresholds.max_dc_offset) {
    faults.push(`DC ${dcOffset.toFixed(3)}, over ${thresholds.max_dc_offset}`);
  }
  if (seam) faults.push(...seamFaults(seam));
  return faults;
}

/** What makes a B of a texture without faults. */
function findDoubts(figures: Figures, thresholds: Thresholds): string[] {
  const { rmsDb, crestFactor, dcOffset, clippedShare, seam } = figures;
  const doubts: string[] = [];
  if (rmsDb < thresholds.min_rms_db + LEVEL_MARGIN_DB) doubts.push(`quiet: ${decibels(rmsDb)} RMS`);
  if (clippedShare > FAULT_SHARE * thresholds.clipping_tolerance) {
    doubts.push(`${percent(clippedShare)} of the source clips there`);
  }
  if (crestFactor > CREST_SHARE * thresholds.max_crest_factor) {
    doubts.push(`spiky: crest factor ${crestFactor.toFixed(1)}`);
  }
  if (dcOffset > FAULT_SHARE * thresholds.max_dc_offset) doubts.push(`DC ${dcOffset.toFixed(3)}`);
  if (seam) doubts.push(...seamDoubts(seam));
  return doubts;
}

function seamDoubts({ step, stepOfPeak, levelDb, flux }: Seam): string[] {
  const doubts: string[] = [];
  if (step > COMFORTABLE_SEAM.step) doubts.push(`seam steps ${step.toFixed(1)} times the median`);
  else if (stepOfPeak > COMFORTABLE_SEAM.stepOfPeak)
    doubts.push(`seam steps ${percent(stepOfPeak)} of the peak`);
  if (Math.abs(levelDb) > COMFORTABLE_SEAM.levelDb) {
    doubts.push(`seam level ${levelDb > 0 ? '+' : ''}${levelDb.toFixed(1)} dB`);
  }
  if (flux > COMFORTABLE_SEAM.flux) doubts.push(`seam flux ${flux.toFixed(2)}`);
  return doubts;
}

function decibels(db: number): string {
  return Number.isFinite(db) ? `${db.toFixed(1)} dB` : 'no level';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
