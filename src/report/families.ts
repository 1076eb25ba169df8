/** What the pages know of families. They receive it with their data: no file of a page, and no style, names a family. */
import type { Families } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';

export interface ShownFamily {
  /** As the manifest has it. */
  readonly id: string;
  /** As one of its textures is called. */
  readonly one: string;
  readonly many: string;
  /** Written #rrggbb, by theme: the same pigment, with more body on light ground. */
  readonly colour: { readonly dark: string; readonly light: string };
}

/** Families as pages show them, in their order. */
export function shownFamilies(families: Families = FAMILIES): ShownFamily[] {
  return families.map(({ id, singular, plural, colour }) => ({ id, one: singular, many: plural, colour }));
}
