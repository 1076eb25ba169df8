import type { GradeReason } from '../curation/grade.ts';
import type { ErrorCode } from '../errors.ts';
import type { FamilyId, MakerId } from '../families/family.ts';
import type { SourcePart } from '../families/texture.ts';
import type { Admission } from './admission.ts';
import type { InWords } from './in-words.ts';
import type { Notice } from './notice.ts';
import type { ProtectedPlace } from './protected-file.ts';
import type { SkipReason } from './skip-reason.ts';

/**
 * What happens during a run, as plain data that passes between threads. The caller draws it; nothing
 * below the command line prints. `source` is the source's path as shown to the user.
 */
export type RunEvent =
  /**
   * These makers are not run: their textures are there as this run would make them. Of a source of which nothing is
   * to be made, this comes before anything is begun, and nothing else but what is reported again.
   */
  | {
      readonly kind: 'up-to-date';
      readonly source: string;
      readonly makings: readonly MakerId[];
      readonly textures: readonly MadeTexture[];
    }
  /** All sources have been looked at; work on those that are not up to date begins. */
  | {
      readonly kind: 'looked';
      readonly source: null;
      readonly upToDate: number;
      readonly sources: number;
      /** What another engine made and this one makes again; null where there is none. */
      readonly otherEngine: OtherEngine | null;
    }
  /** So many sources at once were chosen, since so much memory is free. Not known where the caller chose. */
  | ({ readonly kind: 'admitted'; readonly source: null } & Admission)
  | { readonly kind: 'source-started'; readonly source: string; readonly makings: readonly MakerId[] }
  /** The analysis is this far, 0 to 1. */
  | { readonly kind: 'analysing'; readonly source: string; readonly share: number }
  | { readonly kind: 'analysed'; readonly source: string; readonly durationSec: number }
  | {
      readonly kind: 'texture-made';
      readonly source: string;
      readonly texture: MadeTexture;
      /** Whether it took the place of a file of an earlier run that had other bytes. */
      readonly replaced: boolean;
    }
  /** A texture of grade F that `curation.auto_delete_grade_f` kept from the disk. */
  | ({
      readonly kind: 'texture-dropped';
      readonly source: string;
      readonly texture: MadeTexture;
    } & ReportedAgain)
  /** A texture was not put in its place, since what stands there is protected. */
  | ({ readonly kind: 'texture-protected'; readonly source: string } & ProtectedPlace & ReportedAgain)
  | ({
      readonly kind: 'passed-over';
      readonly source: string;
      /** Null where the whole source was skipped. */
      readonly family: FamilyId | null;
      /** Null where it is about no single variant. */
      readonly variant: string | null;
      readonly reason: SkipReason;
    } & ReportedAgain)
  /** These files have the bytes of the source, and are not mined beside it. Reported before anything is begun. */
  | { readonly kind: 'copied'; readonly source: string; readonly copies: readonly string[] }
  | { readonly kind: 'making-done'; readonly source: string; readonly making: MakerId }
  /** `source` is null where the warning is about no single source. */
  | ({ readonly kind: 'warning'; readonly source: string | null; readonly notice: Notice } & ReportedAgain)
  | {
      readonly kind: 'source-failed';
      readonly source: string;
      readonly code: ErrorCode | 'unexpected';
      readonly message: string;
      /** Where it happened in the code, for what should not have happened. */
      readonly stack?: string;
    }
  /** Nothing can be written any more; the run stops. */
  | {
      readonly kind: 'export-failed';
      readonly source: string;
      readonly code: ErrorCode;
      readonly message: string;
    }
  /** Always the last word about a source. */
  | { readonly kind: 'source-done'; readonly source: string };

/** Textures that are to be made again since another version of the engine made them. */
export interface OtherEngine {
  /** Versions that made them, sorted; empty where they are not known. */
  readonly versions: readonly string[];
  readonly sources: number;
  readonly textures: number;
}

interface ReportedAgain {
  /** An earlier run found and reported it, and it still holds. */
  readonly earlier?: true;
}

/** A texture that was written (or, when dropped, would have been). */
export interface MadeTexture {
  readonly family: FamilyId;
  /** Relative to the export folder, with slashes. */
  readonly path: string;
  readonly grade: string;
  /** Why it is no A; empty for an A. */
  readonly gradeReasons: readonly (GradeReason | InWords)[];
  readonly durationSec: number;
  /** What of its source it was made from; left out in families that take nothing but the whole. */
  readonly part?: SourcePart;
}

export type Emit = (event: RunEvent) => void;
