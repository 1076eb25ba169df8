/** Copies of one file under several paths are one source. */
import { identicalFiles } from '../archive/identical-files.ts';
import type { SourceFolder } from '../families/family.ts';
import type { Platform } from '../platform/platform.ts';
import type { Cache, SourceContent } from './cache.ts';
import { rememberedContent, sourceContent } from './source-content.ts';

/** A file of the source folders. */
export interface Source {
  readonly path: string;
  /** As shown to the user. */
  readonly source: string;
  /** As seen from the export folder. */
  readonly origin: string;
  readonly bytes: number;
  /** That lead to it or to a copy of it. */
  readonly folders: ReadonlySet<SourceFolder>;
  /** Other files with the same bytes, by path. */
  readonly copies: readonly Pick<Source, 'path' | 'source' | 'origin'>[];
}

/**
 * Every content once: of copies the one that the export folder has textures of, else the first by path. So a copy that is
 * added later takes nothing away from the one that was mined.
 *
 * @param isShared the sources are shared out: each machine must come to the same, whatever its export folder holds
 * @param cache what the export folder remembers; it takes in what is learnt of the files' bytes
 */
export async function onceEach(
  platform: Platform,
  sources: readonly Source[],
  cache: Cache,
  learnt: SourceContent[],
  isShared: boolean,
): Promise<Source[]> {
  const groups = await identicalFiles(
    platform,
    sources,
    async (file) => (await sourceContent(platform, file, cache, learnt))?.sha256 ?? null,
    async (file) => (await rememberedContent(platform, file, cache))?.sha256 ?? null,
  );
  const kept = new Map(sources.map((source) => [source.path, source]));
  const mined = new Set<string>();
  if (groups.length > 0 && !isShared) {
    for (const { origin } of cache.textures.values()) mined.add(origin);
    for (const { origin } of cache.units.values()) mined.add(origin);
  }
  for (const group of groups) {
    for (const { file } of group) kept.delete(file.path);
    const byPath = group.map(({ file }) => file).sort((a, b) => (a.source < b.source ? -1 : 1));
    const one = byPath.find(({ origin }) => mined.has(origin)) ?? byPath[0];
    const folders = new Set(byPath.flatMap((file) => [...file.folders]));
    kept.set(one.path, { ...one, folders, copies: byPath.filter((file) => file !== one) });
  }
  return [...kept.values()];
}
