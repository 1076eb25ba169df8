/**
 * Instruments of one source: of its textures those that belong together. On each root lies one moment, whose shades are
 * layers of velocity; roots that are neighbours share a keyboard, so no key plays anything far from its own pitch.
 */
import type { Families } from '../config/settings.ts';
import type { InstrumentPart } from '../families/family.ts';
import { groupedBy } from '../groups.ts';
import { byMoment, isSameMoment } from './moments.ts';
import { heldGroup } from './part-groups.ts';
import { rootKeyOf, rootZones } from './zone-layout.ts';
import type { Instrument, InstrumentSample } from './zones.ts';

/** Roots up to an octave apart are neighbours: what lies between them is transposed by half an octave at most. */
const NEIGHBOURS = 12;

/**
 * Of each source and part that is laid out by roots, of two textures or more; what has no clear root belongs to none.
 * Where a root has several moments, the first is in the first instrument, the second in the next.
 * @param samples best first, as far as somebody chose
 */
export function sourceInstruments(samples: readonly InstrumentSample[], families: Families): Instrument[] {
  const parts = [...new Set(families.map(({ instrument }) => instrument.part))];
  return parts
    .filter(({ layout }) => layout === 'roots')
    .flatMap((part) => {
      const members = families.filter(({ instrument }) => instrument.part === part).map(({ id }) => id);
      const own = samples.filter(
        (sample) => members.includes(sample.family) && sample.source !== '' && rootKeyOf(sample) !== null,
      );
      return [...groupedBy(own, ({ source }) => source)].flatMap(([source, ofSource]) =>
        instrumentsOf(source, part, ofSource),
      );
    });
}

function instrumentsOf(
  source: string,
  part: InstrumentPart,
  samples: readonly InstrumentSample[],
): Instrument[] {
  const joined = roundsOf(samples)
    .flatMap(neighbourhoods)
    .filter(({ length }) => length > 1);
  return joined.map((own, i) => ({
    scope: 'source',
    part: part.id,
    category: part.category,
    name: `${source}_${part.id}${i === 0 ? '' : `_${i + 1}`}`,
    remark: '',
    groups: [heldGroup('by root', part, rootZones(own))],
  }));
}

/** The first moment of each root, then the second of each, and so on. */
function roundsOf(samples: readonly InstrumentSample[]): InstrumentSample[][] {
  const byRoot = groupedBy(samples, (sample) => rootKeyOf(sample)!);
  const moments = [...byRoot.values()].map((own) => byMoment(own));
  const most = Math.max(...moments.map(({ length }) => length));
  return Array.from({ length: most }, (_, round) => moments.flatMap((own) => own[round] ?? []));
}

/** From the lowest root up, cut wherever the next is no neighbour and of no moment that is there. */
function neighbourhoods(samples: readonly InstrumentSample[]): InstrumentSample[][] {
  const rising = [...samples].sort((a, b) => rootKeyOf(a)! - rootKeyOf(b)!);
  const joined: InstrumentSample[][] = [];
  for (const sample of rising) {
    const own = joined.at(-1);
    const isNear = own && rootKeyOf(sample)! - rootKeyOf(own.at(-1)!)! <= NEIGHBOURS;
    if (own && (isNear || own.some((other) => isSameMoment(other, sample)))) own.push(sample);
    else joined.push([sample]);
  }
  return joined;
}
