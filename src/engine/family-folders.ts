import type { Family } from '../families/texture.ts';

/** The folder of a family inside a source's folder, which is also the word for its textures. */
export const FAMILY_FOLDERS: Record<Family, string> = {
  pad: 'pads',
  swell: 'swells',
  drone: 'drones',
  cloud: 'clouds',
  hiss: 'hiss',
  drum: 'drums',
  silence: 'silences',
  dust: 'dust',
};
