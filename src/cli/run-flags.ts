import type { Shard } from '../engine/shard.ts';

/** Flags of the commands that excavate, as commander gives them. */
export interface RunFlags {
  readonly config?: string;
  readonly preset?: string;
  /** In place of `paths.export_dir`; from where the user stands. */
  readonly export?: string;
  /** A folder of sounds in place of the project's own; from where the user stands. */
  readonly from?: string;
  readonly shard?: Shard;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly force?: boolean;
  readonly beside?: boolean;
  /** Settings that a phase's own flag sets to true, as section and key. */
  readonly turnedOn?: readonly (readonly [section: string, key: string])[];
  readonly prune?: boolean;
  readonly strict?: boolean;
  readonly jobs?: number;
  readonly seed?: number;
  readonly only?: readonly string[];
  readonly json?: boolean;
}
