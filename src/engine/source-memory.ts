import { contentHash } from '../archive/content-hash.ts';
import { isSettled, stampOf } from '../archive/stamp.ts';
import { remember } from './cache.ts';
import type { SourceNotice } from './notice.ts';
import type { Making } from './phases.ts';
import type { Site } from './site.ts';
import type { Task } from './task.ts';
import type { UnitDraft } from './unit-draft.ts';
import { engineId, unitKeys } from './unit-key.ts';

/** What a source is by its bytes, and what was made of it, for the runs to come. */
export interface SourceMemory {
  /** SHA-256 of the source's bytes, hex; empty where there is no source. @throws FileSystemError */
  content(): Promise<string>;
  /**
   * Notes that a making is complete, unless the source was changed since the memory was opened: nobody knows then what
   * was heard.
   */
  remember(making: Making, seed: number, draft: UnitDraft, warnings: readonly SourceNotice[]): Promise<void>;
}

/** To be opened before the source is read. */
export function openSourceMemory(task: Task, { exportFolder }: Site): SourceMemory {
  const { path, origin, name } = task;
  const openedMs = Date.now();
  const stamp = path === null ? null : stampOf(path);
  const isUnchanged = () => path === null || (stamp !== null && stampOf(path)?.text === stamp.text);
  const keyOf = unitKeys(task.settings);
  let content: Promise<string> | undefined;

  const readContent = async (): Promise<string> => {
    if (path === null) return task.layers?.sha256 ?? '';
    const known = task.earlier?.content;
    if (known && known.stamp === stamp?.text) return known.sha256;
    const sha256 = await contentHash(path);
    if (stamp && isSettled(stamp, openedMs) && isUnchanged()) {
      await remember(exportFolder, [{ origin, stamp: stamp.text, sha256 }]);
    }
    return sha256;
  };

  const memory: SourceMemory = {
    content() {
      content ??= readContent();
      return content;
    },
    async remember(making, seed, draft, warnings) {
      const sha256 = await memory.content();
      if (!isUnchanged()) return;
      const key = keyOf(task, making);
      const made = { engine: engineId(), content: sha256, seed };
      await remember(exportFolder, [{ unit: { name, making, origin, key, ...made, ...draft, warnings } }]);
    },
  };
  return memory;
}
