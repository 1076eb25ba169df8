import type { BatchStep } from '../palette/step-outcome.ts';

/** Exit codes: all done, some sources or textures failed, bad usage or config or a busy export folder, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Of `batch`: which of its steps failed first. */
export const FAILED_STEP: Record<BatchStep, number> = {
  excavate: EXIT.failed,
  dust: EXIT.failed,
  curate: 3,
  kit: 4,
  instruments: 5,
  report: 6,
};
