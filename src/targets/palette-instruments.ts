/**
 * Palettes: all textures of a part on one keyboard, to look through them. Each part is an instrument of its own, since drums
 * by General MIDI and pads by root would want the same keys.
 */
import type { Families } from '../config/settings.ts';
import type { InstrumentPart } from '../families/family.ts';
import { drumKeys } from './drum-keys.ts';
import { heldGroup, isStruck, struckGroup } from './part-groups.ts';
import { dealt, dealtFromTheMiddle, fixedZones, rootKeyOf, rootZones } from './zone-layout.ts';
import type { Instrument, InstrumentSample, ZoneGroup } from './zones.ts';

/**
 * One a part that has samples, in the order of the families; of a part by roots a second one, for those without.
 *
 * - By roots: at the key of the root; zones meet halfway and reach two octaves. A root beyond C2…C7 moves by octaves into it.
 *   Those without a clear one are an instrument of their own: one a key from the middle of the keyboard, at their own pitch.
 * - Drums: the notes of General MIDI, by kind.
 * - By keys: one a key, at their own pitch, each family on keys of its own.
 */
export function paletteInstruments(samples: readonly InstrumentSample[], families: Families): Instrument[] {
  const parts = [...new Set(families.map(({ instrument }) => instrument.part))];
  return parts
    .flatMap((part) => {
      const members = families.filter(({ instrument }) => instrument.part === part);
      const own = samples.filter(({ family }) => members.some(({ id }) => id === family));
      const palette = palettesOf(part);
      if (isStruck(part)) return [palette(part.id, drumGroups(part, own))];
      if (part.layout === 'keys') return [palette(part.id, keyGroups(part, own, members))];
      const unknown = own.filter((sample) => rootKeyOf(sample) === null);
      return [
        palette(part.id, [heldGroup('by root', part, rootZones(own))]),
        palette(
          `${part.id}_root_unknown`,
          [heldGroup('own pitch', part, fixedZones(unknown, dealtFromTheMiddle()))],
          'roots unknown: one a key, as they are',
        ),
      ];
    })
    .filter(({ groups }) => groups.length > 0);
}

function palettesOf({ id, category }: InstrumentPart) {
  return (name: string, groups: readonly ZoneGroup[], remark = ''): Instrument => ({
    scope: 'palette',
    part: id,
    category,
    name,
    remark,
    groups: groups.filter(({ zones }) => zones.length > 0),
  });
}

/** @param members the families of the part */
function keyGroups(
  part: InstrumentPart,
  samples: readonly InstrumentSample[],
  members: Families,
): ZoneGroup[] {
  return members.flatMap(({ id, plural, instrument: { keys } }) => {
    if (!keys) return [];
    const own = samples.filter((sample) => sample.family === id);
    return [heldGroup(plural, part, fixedZones(own, dealt(keys.first, keys.count)))];
  });
}

function drumGroups(part: InstrumentPart, samples: readonly InstrumentSample[]): ZoneGroup[] {
  const keys = drumKeys(samples);
  const zones = fixedZones(samples, (index) => keys[index]);
  const isHat = ({ kind }: InstrumentSample) => kind === 'hat';
  return [
    struckGroup(
      part.id,
      part,
      zones.filter(({ sample }) => !isHat(sample)),
    ),
    struckGroup(
      'hats',
      part,
      zones.filter(({ sample }) => isHat(sample)),
      true,
    ),
  ];
}
