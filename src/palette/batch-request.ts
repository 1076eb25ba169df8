/** What a batch is asked, who wants to know how it gets on, and what it makes of an export. */
import type { Families, Settings } from '../config/settings.ts';
import type { Emit } from '../engine/events.ts';
import type { Expectation } from '../engine/expectation.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import type { RunOptions } from '../engine/run.ts';
import type { SourceRoute } from '../engine/source-routes.ts';
import type { Plan } from '../engine/task.ts';
import type { Profile } from '../targets/profile.ts';
import type { StepListener } from './batch-steps.ts';
import type { SelectionFacts } from './curate.ts';
import type { InstrumentResult } from './instrument.ts';
import type { KitFacts } from './kit.ts';
import type { ReportResult } from './report.ts';
import type { BatchStep } from './step-outcome.ts';

export interface BatchRequest extends ExportLocation {
  /** Absolute: the archive. With none of the three source folders in it, the analysis sorts its sounds: see `engine/routes.ts`. */
  readonly input: string;
  /** Globs of the sounds that are mined, wherever they lie in the archive: analysis sorts them. All, in their folders, without it. */
  readonly only?: readonly string[];
  /** Names kits and instruments. */
  readonly project: string;
  /** Whether instruments and a report are made too; by default they are. */
  readonly withProducts?: boolean;
  /** Device profiles, by name or file; each gives a kit. */
  readonly profiles: readonly string[];
  /** See {@link InstrumentRequest.rate}. */
  readonly instrumentRate?: number | undefined;
  /** Paths of sources start from the input; `export_dir` counts for nothing. */
  readonly settings: Settings;
  /** What may be made; by default the engine's families. */
  readonly families?: Families;
  readonly seed: number;
  readonly anySeed: boolean;
  readonly run: Pick<RunOptions, 'jobs' | 'strict' | 'signal' | 'beside' | 'prune'>;
  /**
   * Makes all textures again, those that somebody kept or changed too, and replaces selection, kits and instruments that
   * somebody changed since a batch made them.
   */
  readonly force: boolean;
}

/** Who wants to know how a batch gets on; each of its methods may be left out. */
export interface BatchListener extends StepListener {
  /** Once it is known what is to be done, and what that may take. */
  expects?(expected: Expectation): void;
  /** Before textures are made. @returns what receives the run's events */
  planned?(step: BatchStep, plan: Plan): Emit;
  /** Of a step that makes no textures, how far it is. */
  progress?(done: number, all: number): void;
  /** While sounds of an unsorted folder are analysed that are new. */
  analysing?(done: number, all: number): void;
  /** What the sounds of an unsorted folder were taken for. */
  routed?(routes: readonly SourceRoute[]): void;
}

export interface BatchKit extends KitFacts {
  readonly profile: Profile;
}

/** What the steps after excavation make, or made before; null where there is none. */
export interface BatchProducts {
  readonly curated: SelectionFacts | null;
  readonly kits: readonly BatchKit[];
  readonly instruments: InstrumentResult | null;
  readonly report: ReportResult | null;
}

export const NOTHING: BatchProducts = { curated: null, kits: [], instruments: null, report: null };
