/**
 * What the studio's server and its page say to each other: JSON over loopback, types only. Everything lies under the
 * session that `GET /?token=…` opens; whoever has none is told 401 and nothing else.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /api/palette` | {@link PaletteAnswer} |
 * | `GET /api/map` | {@link MapAnswer} |
 * | `GET /api/neighbours/ID?count=8` | {@link NeighboursAnswer} |
 * | `GET /api/sound/ID` | the WAV; ranges, `ETag` |
 * | `GET /api/context/ID?before=8&after=8` | a WAV of its source, with {@link ContextHeaders} |
 * | `GET /api/sources/ID` | {@link SourceAnswer} |
 * | `POST /api/decisions` | {@link DecisionsRequest} → {@link DecisionsAnswer} |
 * | `GET /api/profiles` | {@link ProfilesAnswer} |
 * | `POST /api/kit/plan` | {@link KitPlanRequest} → {@link KitPlanAnswer} |
 * | `POST /api/kit` | {@link KitRequest} → {@link KitAnswer} |
 * | `GET /api/phases?export=ID` | {@link PhasesAnswer} |
 * | `POST /api/run` | {@link RunRequest} → {@link JobAnswer} |
 * | `POST /api/render` | {@link RenderRequest} → {@link JobAnswer} |
 * | `GET /api/rendered/ID` | the WAV that a rendering made; ranges |
 * | `POST /api/stop` | `{}` → {@link JobAnswer} |
 * | `GET /api/events` | server-sent events, each a {@link StudioEvent} as unnamed `data:` |
 *
 * Every POST carries `content-type: application/json`. Every failure is an {@link ErrorAnswer} with a status of 400 and above.
 */
import type { FamilyId } from '../families/family.ts';

/** `afterglow studio a b` shows two. */
export interface ExportFolder {
  /** `e1`, `e2`, … in the order of the command line. */
  readonly id: string;
  /** As one reads it. */
  readonly name: string;
  /** As the user would name it. */
  readonly folder: string;
  /** Why its textures cannot be shown, in a sentence with the command that mends it; null where they can. */
  readonly problem: string | null;
  /** What is wrong with its curation.json, and what became of it; null where nothing is. */
  readonly warning: string | null;
}

/** What somebody decided by ear; all left out: nothing. */
export interface Decision {
  readonly decision?: 'keep' | 'reject';
  /** 0 to 5. */
  readonly stars?: number;
  readonly note?: string;
  /** What its copies are called, without ending. */
  readonly name?: string;
}

export interface Texture {
  /** `e1-0123456789abcdef`: by its export and path, the same on every start. */
  readonly id: string;
  /** The id of its {@link ExportFolder}. */
  readonly export: string;
  /** In the export folder, with slashes; to be shown only. */
  readonly path: string;
  /** Without folder and ending. */
  readonly name: string;
  /** As one reads it: `journeys end, pad 03`. */
  readonly title: string;
  /** The title without its source: `pad 03`. */
  readonly part: string;
  /** As one reads it: `journeys end`. */
  readonly sourceTitle: string;
  readonly family: FamilyId;
  readonly source: string;
  readonly variant: string;
  readonly durationSec: number;
  readonly channelCount: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Frames, `end` behind the last; null for what plays once. */
  readonly loop: { readonly start: number; readonly end: number } | null;
  /** A, B or F. */
  readonly grade: string;
  readonly gradeReasons: readonly string[];
  readonly lufs: number | null;
  readonly centroidHz: number | null;
  /** MIDI note, cents from it, and how sure that is, 0 to 1. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  /** Place that `curate` gave it in its family, from 1; null where it was not chosen. */
  readonly rank: number | null;
  readonly decision: Decision;
  /** Changes when the file does; the same as the `ETag` of its sound. */
  readonly stamp: string;
  /** All that the manifest says, as printed, in the order of {@link PaletteAnswer.columns}. */
  readonly figures: readonly string[];
}

export interface PaletteAnswer {
  /** Changes when an export or a decision does. */
  readonly revision: string;
  readonly exports: readonly ExportFolder[];
  /** The manifest's columns. */
  readonly columns: readonly string[];
  /** By export, then path. */
  readonly textures: readonly Texture[];
  /** What is under way, if anything. */
  readonly job: JobState | null;
  /** What was rendered since the studio was opened. */
  readonly renderings: readonly Rendering[];
}

/** x: dark (0) to bright (1); y: still (0) to moving (1). The same for the same sounds on every start. */
interface Place {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface MapAnswer {
  /** False while it is laid out by the manifest's figures, and embeddings are still being made: `map-changed` follows. */
  readonly isRefined: boolean;
  readonly places: readonly Place[];
}

export interface NeighboursAnswer {
  /** As in {@link MapAnswer}: until then neighbours are those on the map. */
  readonly isRefined: boolean;
  /** Nearest first, without itself. */
  readonly neighbours: readonly { readonly id: string; readonly distance: number }[];
}

/** All in seconds, printed as numbers. Where the excerpt begins in the source, and where in the source the find lies. */
export interface ContextHeaders {
  readonly 'afterglow-start-sec': string;
  readonly 'afterglow-find-start-sec': string;
  readonly 'afterglow-find-end-sec': string;
  readonly 'afterglow-source-sec': string;
}

export interface SourceAnswer {
  /** The source's path as the manifest names it; empty for what has none, as synthetic hiss. */
  readonly source: string;
  readonly title: string;
  /** Why it cannot be heard, in a sentence; null where it can. */
  readonly problem: string | null;
  /** Null where it cannot be heard. */
  readonly durationSec: number | null;
  /** Highest magnitude of each of equal parts of the whole, 0 to 1; empty where it cannot be heard. */
  readonly peaks: readonly number[];
  /** What was found in it, this one included, by place. */
  readonly finds: readonly { readonly id: string; readonly startSec: number; readonly endSec: number }[];
}

/** What is left out stays as it is; null takes it away. */
export interface DecisionChange {
  readonly id: string;
  readonly decision?: 'keep' | 'reject' | null;
  readonly stars?: number | null;
  readonly note?: string | null;
  readonly name?: string | null;
}

export interface DecisionsRequest {
  /** 1 to 1,000; saved together. */
  readonly changes: readonly DecisionChange[];
}

export interface DecisionsAnswer {
  readonly revision: string;
  /** What is saved now of those that were changed, and what was before, for undoing. */
  readonly saved: readonly { readonly id: string; readonly decision: Decision; readonly before: Decision }[];
  /** What was wrong with curation.json, and where it was set aside. */
  readonly warning: string | null;
}

export interface Profile {
  readonly id: string;
  readonly device: string;
  /** How a kit gets into the device. */
  readonly loading: string | null;
  /** Null where there is no limit, or none is known. */
  readonly limits: KitSize<number | null>;
  /** Seconds a sample; null where there is no limit, or none is known. */
  readonly longestSampleSec: number | null;
}

export interface ProfilesAnswer {
  readonly profiles: readonly Profile[];
}

export interface KitSize<T = number> {
  readonly samples: T;
  /** Of mono: a stereo sample counts twice. */
  readonly seconds: T;
  /** Of sound data. */
  readonly bytes: T;
}

export interface KitPlanRequest {
  /** The id of a {@link Profile}. */
  readonly profile: string;
  readonly name: string;
  /** Best first; all of one export. */
  readonly ids: readonly string[];
}

export interface KitPlanAnswer {
  /** In the device's characters. */
  readonly name: string;
  /** As the device lists them. */
  readonly slots: readonly {
    readonly id: string;
    /** As it will be called, in its folder. */
    readonly file: string;
    readonly size: KitSize;
  }[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  readonly used: KitSize;
  readonly limits: KitSize<number | null>;
  /** Where it would be made, as the user would name it. */
  readonly folder: string;
  /** Something is there already: making it needs `force`. */
  readonly isThere: boolean;
}

export interface KitRequest extends KitPlanRequest {
  /** Replaces a kit of that name; else the answer is 409 `needs-force` where there is one. */
  readonly force?: boolean;
}

export interface KitAnswer {
  /** As the user would name it. */
  readonly folder: string;
  readonly files: readonly {
    readonly id: string;
    readonly file: string;
    readonly durationSec: number;
    /** What was done so that it fits, in words. */
    readonly adaptations: readonly string[];
  }[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  readonly used: KitSize;
  readonly limits: KitSize<number | null>;
}

/** A setting of config.yaml that a phase reads. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  readonly description: string;
  /** What it accepts, in words: `a number from 0 to 1`. */
  readonly accepts: string;
  /** In the project's config, or the default. */
  readonly value: unknown;
}

export interface PhasesAnswer {
  /** Why nothing can be made, in a sentence; null where it can. */
  readonly problem: string | null;
  readonly phases: readonly {
    /** `make-clouds`. */
    readonly phase: string;
    /** `clouds`. */
    readonly title: string;
    /** What it would be made of. */
    readonly sources: readonly { readonly name: string; readonly source: string }[];
    readonly settings: readonly Setting[];
  }[];
}

export interface RunRequest {
  /** The id of an {@link ExportFolder}. */
  readonly export: string;
  readonly phase: string;
  /** The `name` of a source of {@link PhasesAnswer}; null for all. */
  readonly source: string | null;
  /** Only what differs from the config: `{ "clouds": { "cloud_duration_sec": 12 } }`. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly seed?: number;
}

export interface RenderRequest {
  readonly id: string;
  readonly seed?: number;
  readonly lengthSec?: number;
}

/** One at a time: a second is answered with 409 `busy`. */
export interface JobState {
  readonly kind: 'run' | 'render' | 'kit';
  readonly export: string;
  /** What is done, in words. */
  readonly title: string;
  /** 0 to 1. */
  readonly share: number;
  /** The last thing that happened, in words; empty at first. */
  readonly message: string;
  /** Textures made so far. */
  readonly made: number;
}

export interface JobAnswer {
  /** Null where nothing is under way. */
  readonly job: JobState | null;
}

/** A texture made again otherwise; it lies in `_rendered/` of its export. */
export interface Rendering {
  readonly id: string;
  /** The id of the texture that was made again. */
  readonly of: string;
  /** As the user would name it. */
  readonly file: string;
  readonly durationSec: number;
  /** Sentences on what keeps it from being what was asked for. */
  readonly notes: readonly string[];
}

export type StudioEvent =
  /** An export's manifest is another: fetch the palette and the map again. */
  | { readonly kind: 'palette-changed'; readonly export: string; readonly revision: string }
  /** Decisions that somebody, this page included, changed. */
  | {
      readonly kind: 'decisions-changed';
      readonly revision: string;
      readonly changes: readonly { readonly id: string; readonly decision: Decision }[];
    }
  /** Embeddings are being made. */
  | { readonly kind: 'listening'; readonly done: number; readonly all: number }
  /** Fetch the map again. */
  | { readonly kind: 'map-changed'; readonly isRefined: boolean }
  | { readonly kind: 'job'; readonly job: JobState }
  | {
      readonly kind: 'job-done';
      readonly job: JobState;
      readonly outcome: 'done' | 'stopped' | 'failed';
      /** In a sentence. */
      readonly message: string;
      /** What went wrong with single sources, in sentences. */
      readonly problems: readonly string[];
      readonly rendering: Rendering | null;
    }
  /** The server ends. */
  | { readonly kind: 'farewell' };

export interface ErrorAnswer {
  readonly error: {
    /**
     * `unauthorised`, `forbidden`, `not-found`, `bad-request`, `too-large`, `needs-force`, `busy`; else the engine's:
     * `config`, `malformed-file`, `file-system`, `disk-full`, `not-allowed`, …; `unexpected`.
     */
    readonly code: string;
    /** In a sentence, for people. */
    readonly message: string;
  };
}
