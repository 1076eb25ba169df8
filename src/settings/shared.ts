import { curation, musicality, preAnalysis, reproducibility } from './judgement.ts';
import { brightnessTags, global, type metadata, paths } from './output.ts';
import { routes } from './routes.ts';
import type { ValuesOf } from './section.ts';

/** The sections that no family owns. */
export const SHARED_SECTIONS = {
  global,
  paths,
  brightness_tags: brightnessTags,
  pre_analysis: preAnalysis,
  curation,
  musicality,
  routes,
  reproducibility,
};

/** What settings hold whatever families there are; each family adds what it may be asked. */
export type SharedSettings = ValuesOf<typeof SHARED_SECTIONS> & {
  /** Names by naming key. */
  readonly naming: Readonly<Record<string, string>>;
  readonly export: ValuesOf<{ metadata: typeof metadata }>;
};
