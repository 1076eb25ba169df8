import type { FamilyId } from '../families/family.ts';
import type { MadeTexture, RunEvent } from './events.ts';
import type { Notice } from './notice.ts';
import type { ProtectedPlace } from './protected-file.ts';
import type { SkipReason } from './skip-reason.ts';
import type { CopiedSource } from './task.ts';

/** What came of a run, counted from its events. Every list is in an order that the workers cannot change. */
export interface RunTally {
  readonly textures: readonly TallyTexture[];
  /** How many of them took the place of a file of an earlier run. */
  readonly replaced: number;
  /** What earlier runs made and this one would have made the same. */
  readonly upToDate: readonly TallyTexture[];
  /** Textures of grade F that were not kept, as `curation.auto_delete_grade_f` asks. */
  readonly dropped: readonly TallyTexture[];
  /** Textures that were not put in place, since what stands there is protected. */
  readonly protected: readonly ({ readonly source: string } & ProtectedPlace)[];
  readonly skipped: readonly {
    readonly source: string;
    readonly family: FamilyId | null;
    readonly variant: string | null;
    readonly reason: SkipReason;
  }[];
  /** Sources that stand for several files of the same bytes. */
  readonly copied: readonly CopiedSource[];
  readonly warnings: readonly { readonly source: string | null; readonly notice: Notice }[];
  readonly failed: readonly { readonly source: string; readonly code: string; readonly message: string }[];
}

export interface TallyTexture extends MadeTexture {
  readonly source: string;
}

export interface Tally {
  count(event: RunEvent): void;
  result(): RunTally;
}

export function startTally(): Tally {
  const textures: TallyTexture[] = [];
  let replaced = 0;
  const upToDate: TallyTexture[] = [];
  const dropped: TallyTexture[] = [];
  const left: RunTally['protected'][number][] = [];
  const skipped: RunTally['skipped'][number][] = [];
  const copied: CopiedSource[] = [];
  const warnings: RunTally['warnings'][number][] = [];
  const failed: RunTally['failed'][number][] = [];
  return {
    count(event) {
      switch (event.kind) {
        case 'texture-made':
          textures.push({ source: event.source, ...event.texture });
          if (event.replaced) replaced++;
          break;
        case 'up-to-date':
          for (const texture of event.textures) upToDate.push({ source: event.source, ...texture });
          break;
        case 'texture-dropped':
          dropped.push({ source: event.source, ...event.texture });
          break;
        case 'texture-protected': {
          const { source, path, why, beside } = event;
          left.push({ source, path, why, beside });
          break;
        }
        case 'passed-over':
          skipped.push({
            source: event.source,
            family: event.family,
            variant: event.variant,
            reason: event.reason,
          });
          break;
        case 'copied':
          copied.push({ source: event.source, copies: event.copies });
          break;
        case 'warning':
          warnings.push({ source: event.source, notice: event.notice });
          break;
        case 'source-failed':
        case 'export-failed':
          failed.push({ source: event.source, code: event.code, message: event.message });
          break;
      }
    },
    result: () => ({
      textures: textures.sort(by((texture) => texture.path)),
      replaced,
      upToDate: upToDate.sort(by((texture) => texture.path)),
      dropped: dropped.sort(by((texture) => texture.path)),
      protected: left.sort(by((place) => place.path)),
      skipped: skipped.sort(by((entry) => entry.source)),
      copied: copied.sort(by((entry) => entry.source)),
      warnings: warnings.sort(by((entry) => entry.source ?? '')),
      failed: failed.sort(by((entry) => entry.source)),
    }),
  };
}

/** Order by a word; equal ones keep the order in which they came, which is the order within their source. */
function by<T>(word: (entry: T) => string) {
  return (a: T, b: T) => (word(a) < word(b) ? -1 : word(a) > word(b) ? 1 : 0);
}
