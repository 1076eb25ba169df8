import { expect, it } from 'vitest';
import { inBanks } from '../../src/targets/banks.ts';
import type { Candidate } from '../../src/targets/candidate.ts';

const FAMILIES = ['pad', 'swell', 'drum'] as const;

/** As many slots of each family as said, numbered, all families mixed. */
function slotsOf(counts: Partial<Record<(typeof FAMILIES)[number], number>>) {
  return FAMILIES.flatMap((family) =>
    Array.from({ length: counts[family] ?? 0 }, (_, i) => ({
      texture: { family, path: `${family}${i}` } as Candidate,
    })),
  ).sort((a, b) => a.texture.path.slice(-1).localeCompare(b.texture.path.slice(-1)));
}

/** `pad×2 drum×1`, a bank. */
function shown(banks: readonly (readonly { readonly texture: Candidate }[])[]): string[] {
  return banks.map((bank) =>
    FAMILIES.map(
      (family) => [family, bank.filter(({ texture }) => texture.family === family).length] as const,
    )
      .filter(([, count]) => count > 0)
      .map(([family, count]) => `${family}×${count}`)
      .join(' '),
  );
}

it('puts a family together into banks of its own, and its rest where there is room for all of it', () => {
  const slots = slotsOf({ pad: 6, swell: 3, drum: 1 });
  expect(shown(inBanks(slots, FAMILIES, 4, null))).toEqual(['pad×4', 'pad×2 drum×1', 'swell×3']);
  expect(shown(inBanks(slots, FAMILIES, null, null))).toEqual(['pad×6 swell×3 drum×1']);
});

it('keeps what comes later of a family behind what comes first', () => {
  const banks = inBanks(slotsOf({ pad: 2, swell: 6 }), FAMILIES, 4, null);
  expect(shown(banks)).toEqual(['pad×2', 'swell×4', 'swell×2']);
  const swells = banks.flat().filter(({ texture }) => texture.family === 'swell');
  expect(swells.map(({ texture }) => texture.path)).toEqual([0, 1, 2, 3, 4, 5].map((i) => `swell${i}`));
});

it('fills one bank after another where there are too few for that', () => {
  const slots = slotsOf({ pad: 3, swell: 3, drum: 2 });
  expect(shown(inBanks(slots, FAMILIES, 4, 3))).toEqual(['pad×3', 'swell×3', 'drum×2']);
  expect(shown(inBanks(slots, FAMILIES, 4, 2))).toEqual(['pad×3 swell×1', 'swell×2 drum×2']);
});
