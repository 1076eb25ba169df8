/** What the pages know of families. They receive it with their data: no file of a page, and no style, names a family. */
import type { ListedFamily } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import type { FamiliesFor } from '../families/lookup.ts';

export type ShownFamily = Pick<ListedFamily, 'id' | 'singular' | 'plural' | 'colour'>;

/** In the order in which pages show them. */
export function shownFamilies(families: FamiliesFor<never> = FAMILIES): readonly ShownFamily[] {
  return families.map(({ id, singular, plural, colour }) => ({ id, singular, plural, colour }));
}
