import type { PhaseDefinition } from '../family.ts';

/**
 * Shorter than this a source is a hit, and no sound that is held: pad loops, swells and drones of 0.1 s were thirty times one
 * spectrum, drawn out twenty times and more. Clouds go on down to a grain.
 */
export const LEAST_HELD_SEC = 0.25;

/** What is made of chosen tonal material, by makers of three families. */
export const MAKE_DRONES: PhaseDefinition = {
  id: 'make-drones',
  title: 'drones and swells',
  help: 'pad loops, swells and drones from pad_sources/',
  folders: () => ['pad_sources_dir'],
  isPartOfAll: true,
  suits: ['tonal'],
};
