/** The shapes of planning, as plain data: what is asked for, what is planned, and each source's part of it. */

import type { UnreadReason } from '../archive/file-kinds.ts';
import type { Families, Settings } from '../config/settings.ts';
import type { MakerId, PhaseId, SourceFolder } from '../families/family.ts';
import type { CacheEntry, SourceContent, Unit } from './cache.ts';
import type { MadeTexture } from './events.ts';
import type { Layers } from './layers.ts';
import type { ProtectedPlace, StandingFiles } from './protected-file.ts';
import type { Route } from './routes.ts';
import type { Shard } from './shard.ts';

/** The work on one source, as plain data: for a worker, another machine, a cache key or a test. */
export interface Task {
  /** Absolute path of the file; null for what is made of no source. */
  readonly path: string | null;
  /** The path as shown to the user and kept in the manifest: relative to the project where inside it, with slashes. */
  readonly source: string;
  /**
   * The path as seen from the export folder, with slashes: what tells sources of several projects that share an
   * export folder apart, and stays the same where project and export move together.
   */
  readonly origin: string;
  /** The source's name in file names, unique in the project. */
  readonly name: string;
  readonly bytes: number;
  readonly makers: readonly MakerId[];
  readonly settings: Settings;
  readonly seed: number;
  /** What the source was taken for; left out where its folder decides what is made of it. */
  readonly route?: Route;
  /** Of which textures others are laid; left out for all other work. Where it is there, `path` is null. */
  readonly layers?: Layers;
  /** What earlier runs made of it; left out where that counts for nothing. */
  readonly earlier?: EarlierWork;
}

/** A unit of which nothing is to be made: its textures are there byte for byte, or something protected in their place. */
export interface KeptUnit {
  readonly unit: Unit;
  readonly textures: readonly MadeTexture[];
  readonly protected: readonly ProtectedPlace[];
}

/** What is known of a source before it is opened, for the worker that makes the rest of it. */
export interface EarlierWork {
  /** SHA-256 of its bytes while it bore this stamp; null where they were not looked at. */
  readonly content: { readonly sha256: string; readonly stamp: string } | null;
  /** Makers that need not run, as long as the names of their textures still come out as they did. */
  readonly kept: readonly KeptUnit[];
  /** With which seed a maker is to be repeated, where any is as good: it was made before, or begun. */
  readonly seeds: Readonly<Record<MakerId, number>>;
  readonly standing: StandingFiles;
  /** What cannot be put in its place, since that is protected, is put beside it. */
  readonly beside: boolean;
}

export interface PlanRequest {
  /** Absolute; the folder that relative paths of the settings start from. */
  readonly projectFolder: string;
  readonly settings: Settings;
  readonly seed: number;
  /** The seed was drawn, not asked for: what an earlier run made with another one is as good. */
  readonly anySeed?: boolean;
  readonly phases: readonly PhaseId[];
  /** Default: those of this program. Others are worked with in the caller's own thread. */
  readonly families?: Families;
  /** Only sources whose shown path, path inside its folder, or name matches one of these globs; none may be empty. */
  readonly only?: string | readonly string[];
  /** Absolute: the sounds of this folder, in place of those in the folders that the phases look in. */
  readonly from?: string;
  /** Only this share of the sources; the seed must then be the same for all shares. */
  readonly shard?: Shard;
}

/** What one of the source folders holds. */
export interface FolderReport {
  /** Of the settings' `paths`; `from` where the request named it. */
  readonly key: SourceFolder | 'from';
  readonly path: string;
  readonly exists: boolean;
  /** Sources found, before `only`. */
  readonly sources: number;
  /** Music that cannot be read, empty files among it. */
  readonly unread: number;
  /** Files that are no music by their name. */
  readonly others: number;
}

export interface Plan {
  readonly request: PlanRequest;
  /** Absolute. */
  readonly exportFolder: string;
  readonly seed: number;
  /** The origin (see {@link Task}) of what is made of no source. */
  readonly syntheticOrigin: string;
  /** The most work first, so that no worker is left alone with it at the end. */
  readonly tasks: readonly Task[];
  /** The folders that the phases look in. */
  readonly folders: readonly FolderReport[];
  /** Things in those folders that cannot be mined, each with a plain sentence. */
  readonly problems: readonly { readonly source: string; readonly message: string }[];
  /** Music in them that cannot be read, each once, with why. */
  readonly unread: readonly UnreadSource[];
  /** Sources of these tasks that stand for several files. */
  readonly copied: readonly CopiedSource[];
  /** What planning learnt of sources' bytes, for runs to come. */
  readonly contents: readonly SourceContent[];
  /** Sources of which nothing is to be made, though they are there: what was made of them once is not asked for. */
  readonly idle?: readonly Task[];
  /** What was learnt of the sources while they were routed, for the run to remember. */
  readonly learnt?: readonly CacheEntry[];
  /** Where the plan is one shard's share of a larger one. */
  readonly share?: Share;
}

/** A file that is there several times, byte for byte. */
export interface CopiedSource {
  /** Which of them is mined, as shown to the user. */
  readonly source: string;
  /** The others, by path. */
  readonly copies: readonly string[];
}

interface UnreadSource {
  /** As shown to the user; of a placeholder, the file that it stands for. */
  readonly source: string;
  readonly reason: UnreadReason;
}

/** What a plan is a share of. */
export interface Share extends Shard {
  /** Equal for the shards of one plan: of the same sources by name and size, settings, seed and engine. */
  readonly whole: string;
  /** What is left to the other shards. */
  readonly elsewhere: Pick<Plan, 'tasks' | 'problems' | 'unread'>;
}
