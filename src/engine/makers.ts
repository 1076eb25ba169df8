import type { Families, Settings } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import { familyOfMaker, type MakerReason, makerOf } from '../families/lookup.ts';
import type { Made, Material, RandomFor, Unwanted } from '../families/texture.ts';
import { type TooShort, tooShort } from './too-short.ts';

/**
 * Makes one kind of texture of a source, or of none. What lays textures over each other is in `layers.ts`.
 * @param material null where there is no source
 */
export async function* make(
  id: MakerId,
  material: Material | null,
  settings: Settings,
  randomFor: RandomFor,
  families: Families,
): AsyncGenerator<Made<MakerReason | TooShort> | Unwanted> {
  const maker = makerOf(id, families);
  if (maker.input === 'nothing') {
    yield* (await maker.load())(settings, randomFor);
  } else if (maker.input === 'source' && material !== null) {
    const reason = tooShort(material.analysis, maker);
    if (reason === null) yield* (await maker.load())(material, settings, randomFor);
    else yield { family: familyOfMaker(id, families).id, reason };
  } else {
    throw new RangeError(`${id} makes nothing of ${material === null ? 'no source' : 'a source'}.`);
  }
}
