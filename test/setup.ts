import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { clearUp } from './after-file.ts';

fc.configureGlobal({
  /** Property tests try the same cases on every run, so that no change fails by chance; another seed tries others. */
  seed: Number(process.env.AFTERGLOW_TEST_SEED ?? 1),
  /** As by default, and a property that held is an assertion of its test (see `requireAssertions`). */
  reporter(outcome) {
    const fault = fc.defaultReportMessage(outcome);
    if (fault !== undefined) throw new Error(fault, { cause: outcome.errorInstance });
    expect(outcome.numRuns).toBeGreaterThan(0);
  },
});

afterAll(clearUp);
