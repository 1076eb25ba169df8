/** The palette whole. */
import type { ShownFamily } from '../../report/families.ts';
import type { JobState, Rendering } from './jobs.ts';
import type { ExportFolder, Texture } from './textures.ts';

export interface PaletteAnswer {
  /** Changes when an export or a decision does. */
  readonly revision: string;
  readonly exports: readonly ExportFolder[];
  /** In the order in which they are shown. */
  readonly families: readonly ShownFamily[];
  /** The manifest's columns. */
  readonly columns: readonly string[];
  /** By export, then path. */
  readonly textures: readonly Texture[];
  /** What is under way, if anything. */
  readonly job: JobState | null;
  /** What was rendered since the studio was opened. */
  readonly renderings: readonly Rendering[];
}
