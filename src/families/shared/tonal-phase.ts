import type { PhaseDefinition } from '../family.ts';

/** What is made of chosen tonal material, by makers of three families. */
export const MAKE_DRONES: PhaseDefinition = {
  id: 'make-drones',
  title: 'drones and swells',
  help: 'pad loops, swells and drones from pad_sources/',
  folders: () => ['pad_sources_dir'],
  isPartOfAll: true,
  suits: ['tonal'],
};
