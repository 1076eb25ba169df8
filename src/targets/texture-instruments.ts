/** One texture an instrument, over the whole keyboard. */
import type { Families } from '../config/settings.ts';
import { heldGroup, isStruck, struckGroup } from './part-groups.ts';
import { rootKeyOf, wholeKeyboard } from './zone-layout.ts';
import type { Instrument, InstrumentSample } from './zones.ts';

/** Of each sample, in their order; one whose root is not known says so in its name. */
export function textureInstruments(samples: readonly InstrumentSample[], families: Families): Instrument[] {
  return samples.flatMap((sample) => {
    const part = families.find(({ id }) => id === sample.family)?.instrument.part;
    if (!part) return [];
    const isKnown = rootKeyOf(sample) !== null;
    const zones = wholeKeyboard(sample);
    const group = isStruck(part) ? struckGroup : heldGroup;
    return {
      scope: 'texture',
      part: part.id,
      category: part.category,
      name: isKnown ? sample.name : `${sample.name}_root_unknown`,
      remark: isKnown ? '' : 'root unknown: C4 plays it as it is',
      groups: [group(sample.name, part, zones)],
    };
  });
}
