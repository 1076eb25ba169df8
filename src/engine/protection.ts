/**
 * Textures that a run does not replace unless it is forced: those that somebody decided on (`curation.json`), and files
 * whose bytes are not the ones that a run wrote.
 */
import { digestOf } from '../archive/content-hash.ts';
import { manifestPath } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import { MalformedFileError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sourceNameOf } from './assign-paths.ts';
import type { Cache } from './cache.ts';
import { type Decision, type Decisions, readDecisions } from './decisions.ts';
import { NOTHING_STANDS, type StandingFiles, type WhyProtected } from './protected-file.ts';

/** Why a decision protects a texture, the strongest reason first; null where it does not, as a rejection. */
export function whyDecided({ decision, stars, note, name }: Decision): WhyProtected | null {
  if (decision === 'keep') return 'kept';
  if (stars !== undefined && stars > 0) return 'starred';
  if (note !== undefined && note.trim() !== '') return 'noted';
  return name === undefined ? null : 'named';
}

/** The protected textures of an export folder. */
export interface Protection {
  /** As {@link whyProtected}, for any path of the export folder. */
  why(path: string): Promise<WhyProtected | null>;
  /** The files that stand where textures of a source of this name go. */
  standing(sourceName: string): Promise<StandingFiles>;
  /** What is wrong with `curation.json`: then everything is protected, since nobody knows what was kept. */
  readonly problem: string | null;
}

/**
 * @param listed the paths in the manifest: what a killed run wrote and had no time to note is known by them
 * @throws NotAllowedError, FileSystemError where `curation.json` cannot be read
 */
export async function openProtection(
  platform: Platform,
  exportFolder: string,
  cache: Cache,
  listed: ReadonlySet<string>,
): Promise<Protection> {
  const { decisions, problem } = await decisionsOrProblem(platform, exportFolder);
  const decided = (path: string): WhyProtected | null => {
    if (problem !== null) return 'unknown';
    const decision = decisions.get(path);
    return decision === undefined ? null : whyDecided(decision);
  };
  const isAsWritten = async (path: string): Promise<boolean> => {
    const known = cache.textures.get(path);
    const file = join(exportFolder, path);
    // The manifest is written when all textures are in place, so what is newer was changed since.
    if (known === undefined)
      return listed.has(path) && !(await isNewer(platform, file, manifestPath(exportFolder)));
    return (
      (await stampOf(platform, file))?.text === known.stamp ||
      (await digestOf(platform, file)) === known.sha256
    );
  };
  const bySource = pathsBySource([...cache.textures.keys(), ...listed]);
  return {
    problem,
    async why(path) {
      if (!(await platform.files.exists(join(exportFolder, path)))) return null;
      return decided(path) ?? ((await isAsWritten(path)) ? null : 'changed');
    },
    async standing(sourceName) {
      const paths = bySource.get(sourceName);
      if (paths === undefined) return NOTHING_STANDS;
      const replaceable: string[] = [];
      const why: Record<string, WhyProtected> = {};
      for (const path of paths) {
        if (!(await platform.files.exists(join(exportFolder, path)))) continue;
        const reason = decided(path);
        if (reason !== null) why[path] = reason;
        else if (await isAsWritten(path)) replaceable.push(path);
      }
      return { replaceable, decided: why };
    },
  };
}

async function isNewer({ files }: Platform, file: string, than: string): Promise<boolean> {
  const timeOf = async (path: string) => (await files.stat(path))?.modifiedMs ?? 0;
  return (await timeOf(file)) > (await timeOf(than));
}

async function decisionsOrProblem(
  platform: Platform,
  exportFolder: string,
): Promise<{ decisions: Decisions; problem: string | null }> {
  try {
    return { decisions: await readDecisions(platform, exportFolder), problem: null };
  } catch (error) {
    if (!(error instanceof MalformedFileError)) throw error;
    return { decisions: new Map(), problem: error.message };
  }
}

/** Each path once, by its first folder: the source's name in file names. */
function pathsBySource(paths: readonly string[]): Map<string, Set<string>> {
  const sources = new Map<string, Set<string>>();
  for (const path of paths) {
    const name = sourceNameOf(path);
    const mine = sources.get(name);
    if (mine) mine.add(path);
    else sources.set(name, new Set([path]));
  }
  return sources;
}
