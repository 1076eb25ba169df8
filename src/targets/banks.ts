import type { FamilyId } from '../families/family.ts';
import type { Candidate } from './candidate.ts';

/**
 * The banks of a kit, in the order of the families, each family together and as it comes: whole banks of one family
 * first, then its rest in the first bank with room for all of it. Where that takes more banks than there are, they are filled one
 * after another.
 *
 * @param size of a bank; null: all lie in one
 * @param most banks; null where there is no limit
 */
export function inBanks<S extends { readonly texture: Candidate }>(
  slots: readonly S[],
  families: readonly FamilyId[],
  size: number | null,
  most: number | null,
): S[][] {
  const groups = families.map((family) => slots.filter(({ texture }) => texture.family === family));
  if (size === null) return [groups.flat()];
  const banks: S[][] = [];
  for (const group of groups) {
    // What comes later of a family lies no earlier.
    let from = 0;
    for (const part of chunked(group, size)) {
      const roomy = banks.findIndex(({ length }, i) => i >= from && length + part.length <= size);
      if (roomy < 0) banks.push([]);
      from = roomy < 0 ? banks.length - 1 : roomy;
      banks[from].push(...part);
    }
  }
  return most !== null && banks.length > most ? chunked(groups.flat(), size) : banks;
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
