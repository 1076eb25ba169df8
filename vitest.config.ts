import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { flagsFor } from './src/cli/v8-flags.ts';
import { LongestFirst } from './test/longest-first.ts';

/** Where a machine-readable result goes beside the one on the terminal; `.ci/run` counts from it. */
const results = process.env.AFTERGLOW_TEST_RESULTS;

/**
 * Each in a process of its own: those that put something else into the place of a module or load it again, which others would meet,
 * and those that look at how much memory the process holds.
 */
const apart = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => /\bvi\.(mock|resetModules)\(|\bprocess\.memoryUsage\b/.test(readFileSync(path, 'utf8')));

const FLAGS = [...flagsFor(process.versions.node)];

/**
 * What lives shortly has more room, MB: V8 looks through it with several threads, which wait for each other where other workers
 * have the cores. Beside three more, `bench/faults` takes 32 instead of 35 to 52 seconds of the CPU.
 */
const ROOMY = '--max-semi-space-size=64';

/** Files of tests that run in one way. */
function project(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      setupFiles: ['test/setup.ts'],
      // A test in which nothing was looked at, as in a loop over an empty list, is no test.
      expect: { requireAssertions: true },
      // As the program runs: tests live as shortly, beside as many typed arrays (up to 28 % less time of the CPU).
      execArgv: FLAGS,
      // Generous: no test may fail because a machine is busy.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      // Plain JavaScript needs no translation: as Node loads it, `bench/faults` takes a quarter less time of the CPU.
      server: { deps: { external: [/\/(dist|bench)\/.*\.m?js$/] } },
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: ['test/end-to-end/build.ts', 'test/shared-folder.ts'],
    projects: [
      project('apart', { include: apart }),
      // A worker takes one after the other, and the engine stays loaded: 24 files that take 27 seconds of the CPU each in a
      // process of its own take 14.
      project('together', {
        include: ['test/**/*.test.ts'],
        exclude: apart,
        isolate: false,
        execArgv: [...FLAGS, ROOMY],
      }),
    ],
    sequence: { sequencer: LongestFirst },
    // Two more than there are cores: tests of pages and of whole commands wait for others so much that one more leaves a fifth idle.
    maxWorkers: availableParallelism() + 2,
    reporters: results ? ['default', 'json'] : ['default'],
    outputFile: results ? { json: results } : {},
  },
});
