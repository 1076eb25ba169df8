/**
 * Programs from outside that some tests compare with. Where one is missing its tests are skipped, and the output says so;
 * where `CI` is set, or AFTERGLOW_TOOLS=all, one of those that `.ci/run` installs must be there, and the test file fails.
 */
import { spawnSync } from 'node:child_process';

/** What `.ci/run` installs. */
const INSTALLED = new Set([
  'ffmpeg',
  'ffprobe',
  'sox',
  'soxi',
  'sndfile-info',
  'oggdec',
  'vcut',
  'opusdec',
  'chromium',
  'firefox-esr',
  'parallel',
  'fluidsynth',
]);

const known = new Map<string, boolean>();

/**
 * Whether a program is there.
 * @param isThere how to know; by default whether it can be started
 * @throws Error where it is missing and must not be
 */
export function hasTool(name: string, isThere: (name: string) => boolean = starts): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = isThere(name);
  known.set(name, found);
  if (!found) {
    const { CI, AFTERGLOW_TOOLS } = process.env;
    if (INSTALLED.has(name) && (CI || AFTERGLOW_TOOLS === 'all')) {
      throw new Error(`${name} is missing, and tests need it; .ci/run installs it.`);
    }
    console.warn(`${name} is missing: the tests that need it are skipped.`);
  }
  return found;
}

function starts(name: string): boolean {
  return spawnSync(name, ['-version'], { stdio: 'ignore' }).error === undefined;
}
