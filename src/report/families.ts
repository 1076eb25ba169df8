/** What the pages know of families. They receive it with their data: no file of a page, and no style, names a family. */
import type { Family } from '../textures/texture.ts';

export interface ShownFamily {
  /** As the manifest has it. */
  readonly id: string;
  /** As one of its textures is called. */
  readonly one: string;
  readonly many: string;
  /** Written #rrggbb, by theme: the same pigment, with more body on light ground. */
  readonly colour: { readonly dark: string; readonly light: string };
}

const FACTS: Record<Family, Omit<ShownFamily, 'id'>> = {
  pad: { one: 'pad', many: 'pads', colour: { dark: '#86a883', light: '#55785a' } },
  drone: { one: 'drone', many: 'drones', colour: { dark: '#7596b5', light: '#44698c' } },
  swell: { one: 'swell', many: 'swells', colour: { dark: '#a98abd', light: '#7d5a97' } },
  cloud: { one: 'cloud', many: 'clouds', colour: { dark: '#b8a3da', light: '#7460a8' } },
  hiss: { one: 'hiss', many: 'hiss', colour: { dark: '#d2b873', light: '#94742a' } },
  drum: { one: 'drum', many: 'drums', colour: { dark: '#bd6a54', light: '#9c4632' } },
  silence: { one: 'silence', many: 'silences', colour: { dark: '#b5b0a6', light: '#7d766b' } },
  dust: { one: 'dust', many: 'dust', colour: { dark: '#d8d2c6', light: '#8d8578' } },
};

/** In the order in which pages show them. */
export const SHOWN_FAMILIES: readonly ShownFamily[] = Object.entries(FACTS).map(([id, facts]) => ({
  id,
  ...facts,
}));
