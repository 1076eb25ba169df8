import { contentHash } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import type { Families } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import type { Platform } from '../platform/platform.ts';
import { remember } from './cache.ts';
import type { ExportLocation } from './export-location.ts';
import type { SourceNotice } from './notice.ts';
import type { Task } from './task.ts';
import type { UnitDraft } from './unit-draft.ts';
import { engineId, unitKeys } from './unit-key.ts';

/** What a source is by its bytes, and what was made of it, for the runs to come. */
export interface SourceMemory {
  /** SHA-256 of the source's bytes, hex; empty where there is no source. @throws FileSystemError */
  content(): Promise<string>;
  /**
   * Notes that a unit is complete, unless the source was changed since the memory was opened: nobody knows then what
   * was analysed.
   */
  remember(
    makerId: MakerId,
    seed: number,
    draft: UnitDraft,
    warnings: readonly SourceNotice[],
  ): Promise<void>;
}

/** To be opened before the source is read. */
export async function openSourceMemory(
  platform: Platform,
  task: Task,
  { exportFolder }: ExportLocation,
  families: Families,
): Promise<SourceMemory> {
  const { path, origin, name } = task;
  const openedMs = platform.clock.now();
  const stamp = path === null ? null : await stampOf(platform, path);
  const isUnchanged = async () =>
    path === null || (stamp !== null && (await stampOf(platform, path))?.text === stamp.text);
  const keyOf = unitKeys(task.settings, families);
  let content: Promise<string> | undefined;

  const readContent = async (): Promise<string> => {
    if (path === null) return task.layers?.sha256 ?? '';
    const known = task.earlier?.content;
    if (known && known.stamp === stamp?.text) return known.sha256;
    const sha256 = await contentHash(platform, path);
    if (stamp && isSettled(stamp, openedMs) && (await isUnchanged())) {
      await remember(platform, exportFolder, [{ origin, stamp: stamp.text, sha256 }]);
    }
    return sha256;
  };

  const memory: SourceMemory = {
    content() {
      content ??= readContent();
      return content;
    },
    async remember(makerId, seed, draft, warnings) {
      const sha256 = await memory.content();
      if (!(await isUnchanged())) return;
      const key = keyOf(task, makerId);
      const made = { engine: engineId(), content: sha256, seed };
      await remember(platform, exportFolder, [
        { unit: { name, making: makerId, origin, key, ...made, ...draft, warnings } },
      ]);
    },
  };
  return memory;
}
