/** Writing down what somebody decided: `curation.json`, by its one reader's shape; see `decisions.ts`. */

import { assertInside } from '../archive/export-root.ts';
import { setAside } from '../archive/set-aside.ts';
import { stampOf } from '../archive/stamp.ts';
import { textIfThere } from '../archive/text-file.ts';
import { writeAtomic } from '../archive/write.ts';
import { BusyError } from '../errors.ts';
import { basename, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { DECISIONS_FILE, type Decision, type Decisions, parseDecisions } from './decisions.ts';
import type { ExportLocation } from './export-location.ts';

/** What is left out stays as it is; null takes it away. */
export type DecisionChange = { readonly [K in keyof Decision]?: Decision[K] | null };

export interface Decided {
  /** All that is decided now. */
  readonly decisions: Decisions;
  /** What was decided before on those that were changed; nothing is an empty decision. */
  readonly before: Decisions;
  /** What was wrong with the file, and where it was set aside; null where nothing was. */
  readonly warning: string | null;
}

/** The order of keys in the file; what others wrote comes behind. */
const KEYS = ['decision', 'stars', 'note', 'name'] as const satisfies readonly (keyof Decision)[];

/** How often a file that others write at the same time is read again. */
const MOST_ATTEMPTS = 20;

/** Per platform and file, the last write that was asked for, so that each begins with what the one before it left. */
const queuesOf = new WeakMap<Platform, Map<string, Promise<unknown>>>();

/**
 * Changes decisions and saves them at once: the file is there as a whole, before or after. What others wrote meanwhile, and
 * keys that this engine does not know, stay. A file that cannot be understood is set aside under another name.
 *
 * @param changes by path of the texture
 * @throws NotAllowedError outside the root, DiskFullError, FileSystemError; BusyError where others never stop writing
 */
export function decide(
  platform: Platform,
  location: ExportLocation,
  changes: ReadonlyMap<string, DecisionChange>,
): Promise<Decided> {
  const path = join(location.exportFolder, DECISIONS_FILE);
  const queues = queuesOf.get(platform) ?? new Map<string, Promise<unknown>>();
  queuesOf.set(platform, queues);
  const turn = (queues.get(path) ?? Promise.resolve()).then(() => change(platform, path, location, changes));
  const settled = turn.catch(() => undefined);
  queues.set(path, settled);
  void settled.then(() => {
    if (queues.get(path) === settled) queues.delete(path);
  });
  return turn;
}

async function change(
  platform: Platform,
  path: string,
  { exportRoot }: ExportLocation,
  changes: ReadonlyMap<string, DecisionChange>,
): Promise<Decided> {
  if (exportRoot !== null) await assertInside(platform, path, exportRoot);
  let warning: string | null = null;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const stamp = (await stampOf(platform, path))?.text;
    const read = parseDecisions(await textIfThere(platform, path));
    if ('problem' in read) {
      const aside = await setAside(platform, path);
      warning = `${DECISIONS_FILE} could not be understood (${read.problem}); it was kept as ${basename(aside)}, and a new one begun.`;
      continue;
    }
    const { document, decisions } = read;
    const before = new Map([...changes.keys()].map((key) => [key, decisions.get(key) ?? {}]));
    const textures = { ...document.textures };
    for (const [key, change] of changes) {
      const entry = changed(textures[key] ?? {}, change);
      if (Object.keys(entry).length === 0) delete textures[key];
      else textures[key] = entry;
    }
    const sorted = Object.fromEntries(Object.entries(textures).sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = `${JSON.stringify({ ...document, textures: sorted }, null, 2)}\n`;
    const after = parseDecisions(text);
    if ('problem' in after) throw new Error(`A decision is of no shape: ${after.problem}`);
    // Another studio may have written in between; what it wrote is to stay.
    if ((await stampOf(platform, path))?.text !== stamp) continue;
    await writeAtomic(platform, path, new TextEncoder().encode(text), exportRoot);
    return { decisions: after.decisions, before, warning };
  }
  throw new BusyError(`“${path}” is written by others all the time; try again when they are done.`);
}

function changed(entry: Record<string, unknown>, change: DecisionChange): Record<string, unknown> {
  const known = Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = change[key] === undefined ? entry[key] : change[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
  const others = Object.entries(entry).filter(([key]) => !KEYS.some((ours) => ours === key));
  return { ...known, ...Object.fromEntries(others) };
}
