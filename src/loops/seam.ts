/**
 * What is measured where a whole-file loop closes, and what it must keep to. Each channel is measured by itself and the
 * worst counts (`seam-meter.ts`).
 */
import { furthestFromZero } from './seam-levels.ts';

/** The figures of a seam. */
export interface Seam {
  /** The jump from the last sample to the first, over the median step between neighbours. */
  readonly step: number;
  /** The same jump over the peak within 30 ms of the seam. */
  readonly stepOfPeak: number;
  /**
   * RMS over 30 ms at the wrap and at the middle of the crossfade, and RMS of the whole crossfade, each against the
   * body (everything else), dB; the one furthest from 0, with its sign. At the middle both sides of a fade weigh the
   * same, so there cancellation and doubling are largest.
   */
  readonly levelDb: number;
  /**
   * The largest log-mel flux across the wrap, wherever the frames happen to lie, over the 95th percentile of the body's
   * own; or, where that is more, the crossfade's 95th percentile over the body's, or its largest over the body's largest.
   */
  readonly flux: number;
}

/**
 * What a loop must keep to so that nobody hears it close; the units are those of {@link Seam}. The bench measures by the
 * same limits with measures of its own: docs/SOUND-QUALITY.md, "What the bench measures", shows how few places inside
 * uncut music keep to them.
 */
export const SEAM_LIMITS: Seam = { step: 4, stepOfPeak: 0.02, levelDb: 1.5, flux: 1.1 };

/**
 * A comfortable seam: three quarters of the steps that are too large, a level within 1 dB, and at most a
 * twentieth more spectral change than the 95th percentile of the loop's own (a fade that cannot be heard has as much).
 */
export const COMFORTABLE_SEAM: Seam = {
  step: 0.75 * SEAM_LIMITS.step,
  stepOfPeak: 0.75 * SEAM_LIMITS.stepOfPeak,
  levelDb: 1,
  flux: 1.05,
};

/** Why a seam is heard, by the figures of {@link Seam}. */
export type SeamFault =
  | { readonly code: 'seam-jumps'; readonly medianSteps: number }
  | { readonly code: 'seam-jumps-of-peak'; readonly shareOfPeak: number }
  | { readonly code: 'seam-level-off'; readonly levelDb: number }
  | { readonly code: 'seam-flux-high'; readonly flux: number };
/** No seam at all. */
export const NO_SEAM: Seam = { step: 0, stepOfPeak: 0, levelDb: 0, flux: 0 };

/** Of several seams, the worst of each figure. */
export function worstSeam(seams: readonly Seam[]): Seam {
  return {
    step: Math.max(...seams.map((seam) => seam.step)),
    stepOfPeak: Math.max(...seams.map((seam) => seam.stepOfPeak)),
    levelDb: seams.map((seam) => seam.levelDb).reduce(furthestFromZero),
    flux: Math.max(...seams.map((seam) => seam.flux)),
  };
}

/** The worst figure as a share of its limit: at most 1 where the loop passes. */
export function seamSeverity(seam: Seam, limits: Seam = SEAM_LIMITS): number {
  return Math.max(
    seam.step / limits.step,
    seam.stepOfPeak / limits.stepOfPeak,
    Math.abs(seam.levelDb) / limits.levelDb,
    seam.flux / limits.flux,
  );
}

/** What is wrong with a seam, in words; empty where it passes. */
export function seamFaults({ step, stepOfPeak, levelDb, flux }: Seam): SeamFault[] {
  const faults: SeamFault[] = [];
  if (step > SEAM_LIMITS.step) faults.push({ code: 'seam-jumps', medianSteps: step });
  else if (stepOfPeak > SEAM_LIMITS.stepOfPeak) {
    faults.push({ code: 'seam-jumps-of-peak', shareOfPeak: stepOfPeak });
  }
  if (Math.abs(levelDb) > SEAM_LIMITS.levelDb) faults.push({ code: 'seam-level-off', levelDb });
  if (flux > SEAM_LIMITS.flux) faults.push({ code: 'seam-flux-high', flux });
  return faults;
}
