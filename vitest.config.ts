import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { flagsFor } from './src/cli/v8-flags.ts';

/** Where a machine-readable result goes beside the one on the terminal; `.ci/run` counts from it. */
const results = process.env.AFTERGLOW_TEST_RESULTS;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/end-to-end/build.ts', 'test/shared-folder.ts'],
    setupFiles: ['test/setup.ts'],
    // A test in which nothing was looked at, as in a loop over an empty list, is no test.
    expect: { requireAssertions: true },
    // By default one core is left out: of two, that is half. The suite takes 6 minutes on two, instead of 9.
    maxWorkers: availableParallelism(),
    // As the program runs: a file of tests lives as shortly, beside as many typed arrays (up to 28 % less time of the CPU).
    execArgv: [...flagsFor(process.versions.node)],
    // Generous: no test may fail because a machine is busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: results ? ['default', 'json'] : ['default'],
    outputFile: results ? { json: results } : {},
  },
});
