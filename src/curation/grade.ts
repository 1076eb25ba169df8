import type { Settings } from '../config/settings.ts';
import { COMFORTABLE_COURSE, type Course } from '../loops/course.ts';
import { landmarkSeverity } from '../loops/landmark.ts';
import { isWholePulse } from '../loops/loop-pulse.ts';
import { COMFORTABLE_SEAM, type Seam, type SeamFault, seamFaults } from '../loops/seam.ts';
import type { Figures } from './figures.ts';

export type Grade = 'A' | 'B' | 'F';

/** Why a texture is no A, with the figure that says so. */
export type GradeReason =
  // Faults, which make an F.
  /** RMS of the texture; null where it has no level at all. */
  | { readonly code: 'silent'; readonly rmsDb: number | null; readonly leastDb: number }
  /** Share of the source's samples that clip where the texture was taken from. */
  | { readonly code: 'source-clips'; readonly share: number; readonly mostShare: number }
  /** Peak over RMS. */
  | { readonly code: 'crest-high'; readonly crestFactor: number; readonly mostCrestFactor: number }
  /** Full scale is 1. */
  | { readonly code: 'dc-high'; readonly dc: number; readonly mostDc: number }
  | SeamFault
  // Doubts, which make a B.
  | { readonly code: 'quiet'; readonly rmsDb: number }
  | { readonly code: 'source-clips-a-little'; readonly share: number }
  | { readonly code: 'spiky'; readonly crestFactor: number }
  | { readonly code: 'some-dc'; readonly dc: number }
  | { readonly code: 'seam-steps'; readonly medianSteps: number }
  | { readonly code: 'seam-steps-of-peak'; readonly shareOfPeak: number }
  | { readonly code: 'seam-level'; readonly levelDb: number }
  | { readonly code: 'seam-flux'; readonly flux: number }
  /** The strongest event of a round: over the loop's median change, and a mean over the bands. */
  | { readonly code: 'landmark'; readonly times: number; readonly db: number }
  /** By how much the level rises and falls at the loop's own rate. */
  | { readonly code: 'level-swells'; readonly swellDb: number }
  /** It is longer (or, negative, shorter) than a whole number of its pulse's periods. */
  | { readonly code: 'pulse-broken'; readonly hz: number; readonly errorMs: number };

export interface Verdict {
  readonly grade: Grade;
  /** Empty only for grade A. */
  readonly reasons: readonly GradeReason[];
}

type Thresholds = Settings['curation']['thresholds'];

/** An A is at least this much louder than what counts as silent, dB. */
const LEVEL_MARGIN_DB = 15;
/** An A stays under this share of the largest crest factor (12, or 22 dB, by default). */
const CREST_SHARE = 0.6;
/** An A stays under this share of the DC and of the clipping that are too much. */
const FAULT_SHARE = 0.1;
/**
 * Grades a texture: F beyond any threshold or with a seam that is heard, A comfortably inside all of them,
 * B between.
 * @param mayMove what stands out in a round, and how its level swells, is no doubt
 */
export function gradeTexture(figures: Figures, thresholds: Thresholds, mayMove = false): Verdict {
  const faults = findFaults(figures, thresholds);
  if (faults.length > 0) return { grade: 'F', reasons: faults };
  const doubts = findDoubts(figures, thresholds);
  if (figures.course && !mayMove) doubts.push(...courseDoubts(figures.course));
  return { grade: doubts.length > 0 ? 'B' : 'A', reasons: doubts };
}

/** What makes an F. */
function findFaults(figures: Figures, thresholds: Thresholds): GradeReason[] {
  const { rmsDb, crestFactor, dcOffset, clippedShare, seam } = figures;
  const { min_rms_db, clipping_tolerance, max_crest_factor, max_dc_offset } = thresholds;
  const faults: GradeReason[] = [];
  // Not `<`: the level of silence is -Infinity, and that of nothing at all is no number.
  if (!(rmsDb >= min_rms_db)) faults.push({ code: 'silent', rmsDb: levelOrNull(rmsDb), leastDb: min_rms_db });
  if (clippedShare > clipping_tolerance) {
    faults.push({ code: 'source-clips', share: clippedShare, mostShare: clipping_tolerance });
  }
  if (crestFactor > max_crest_factor) {
    faults.push({ code: 'crest-high', crestFactor, mostCrestFactor: max_crest_factor });
  }
  if (dcOffset > max_dc_offset) faults.push({ code: 'dc-high', dc: dcOffset, mostDc: max_dc_offset });
  if (seam) faults.push(...seamFaults(seam));
  return faults;
}

/** What makes a B of a texture without faults. */
function findDoubts(figures: Figures, thresholds: Thresholds): GradeReason[] {
  const { rmsDb, crestFactor, dcOffset, clippedShare, seam, pulse } = figures;
  const doubts: GradeReason[] = [];
  if (rmsDb < thresholds.min_rms_db + LEVEL_MARGIN_DB) doubts.push({ code: 'quiet', rmsDb });
  if (clippedShare > FAULT_SHARE * thresholds.clipping_tolerance) {
    doubts.push({ code: 'source-clips-a-little', share: clippedShare });
  }
  if (crestFactor > CREST_SHARE * thresholds.max_crest_factor) doubts.push({ code: 'spiky', crestFactor });
  if (dcOffset > FAULT_SHARE * thresholds.max_dc_offset) doubts.push({ code: 'some-dc', dc: dcOffset });
  if (seam) doubts.push(...seamDoubts(seam));
  if (pulse && !isWholePulse(pulse)) {
    doubts.push({ code: 'pulse-broken', hz: pulse.hz, errorMs: pulse.errorMs });
  }
  return doubts;
}

function seamDoubts({ step, stepOfPeak, levelDb, flux }: Seam): GradeReason[] {
  const doubts: GradeReason[] = [];
  if (step > COMFORTABLE_SEAM.step) doubts.push({ code: 'seam-steps', medianSteps: step });
  else if (stepOfPeak > COMFORTABLE_SEAM.stepOfPeak) {
    doubts.push({ code: 'seam-steps-of-peak', shareOfPeak: stepOfPeak });
  }
  if (Math.abs(levelDb) > COMFORTABLE_SEAM.levelDb) doubts.push({ code: 'seam-level', levelDb });
  if (flux > COMFORTABLE_SEAM.flux) doubts.push({ code: 'seam-flux', flux });
  return doubts;
}

function courseDoubts({ landmark, swellDb }: Course): GradeReason[] {
  const doubts: GradeReason[] = [];
  if (landmarkSeverity(landmark, COMFORTABLE_COURSE.landmark) >= 1)
    doubts.push({ code: 'landmark', ...landmark });
  if (swellDb > COMFORTABLE_COURSE.swellDb) doubts.push({ code: 'level-swells', swellDb });
  return doubts;
}

function levelOrNull(db: number): number | null {
  return Number.isFinite(db) ? db : null;
}
