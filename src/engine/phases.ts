import type { Settings } from '../config/settings.ts';

/**
 * A kind of work on one source: which maker runs. `synthetic-hiss` needs no source, and `dust` works on textures (see
 * `plan-dust.ts`); no phase asks for it.
 */
export const MAKINGS = [
  'pads',
  'pad-loops',
  'swells',
  'drones',
  'clouds',
  'hiss',
  'synthetic-hiss',
  'drums',
  'silences',
  'dust',
] as const;
export type Making = (typeof MAKINGS)[number];

export const PHASES = [
  'mine-pads',
  'make-drones',
  'make-clouds',
  'make-hiss',
  'mine-drums',
  'mine-silences',
] as const;
export type Phase = (typeof PHASES)[number];

/** What the command `all` does: textures. Hits and room tone are asked for by name. */
export const PHASES_OF_ALL: readonly Phase[] = ['mine-pads', 'make-drones', 'make-clouds', 'make-hiss'];

/** Which folder a phase mines, and what it makes of each source there; see {@link foldersOf}. */
export const PHASE_WORK: Record<
  Phase,
  { readonly folder: SourceFolder; readonly makings: readonly Making[]; readonly title: string }
> = {
  'mine-pads': { folder: 'source_audio_dir', makings: ['pads'], title: 'pads' },
  'make-drones': {
    folder: 'pad_sources_dir',
    makings: ['pad-loops', 'swells', 'drones'],
    title: 'drones and swells',
  },
  'make-clouds': { folder: 'pad_sources_dir', makings: ['clouds'], title: 'clouds' },
  'make-hiss': { folder: 'drums_dir', makings: ['hiss'], title: 'hiss' },
  'mine-drums': { folder: 'drums_dir', makings: ['drums'], title: 'drum hits' },
  'mine-silences': { folder: 'source_audio_dir', makings: ['silences'], title: 'room tone' },
};

/** The folders that a phase mines under these settings: songs hold hits too. */
export function foldersOf(phase: Phase, { drum_miner }: Settings): readonly SourceFolder[] {
  const { folder } = PHASE_WORK[phase];
  return phase === 'mine-drums' && drum_miner.from_songs ? [folder, 'source_audio_dir'] : [folder];
}

/** The keys of `paths` that name a folder of sources. */
export type SourceFolder = Exclude<keyof Settings['paths'], 'export_dir'>;
export const SOURCE_FOLDERS = [
  'source_audio_dir',
  'pad_sources_dir',
  'drums_dir',
] as const satisfies readonly SourceFolder[];
