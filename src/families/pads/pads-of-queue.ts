import type { MomentQueue } from '../../analysis/diverse.ts';
import type { MomentLimits } from '../../analysis/moments.ts';
import { COMFORTABLE_COURSE, courseSeverity } from '../../loops/course.ts';
import type { WantedLength } from '../shared/wanted-lengths.ts';
import type { Material, Texture } from '../texture.ts';
import { closeMoment } from './close-moment.ts';
import type { Reserve } from './reserve.ts';
import type { PadSettings } from './settings.ts';
import type { PartMining } from './shortfall.ts';

/** What pads are wanted, how many of them, and how many moments are tried for them. */
export interface Effort {
  readonly wanted: WantedLength;
  readonly limits: MomentLimits;
  readonly count: number;
  readonly tries: number;
}

/**
 * Pads of the moments of a queue, the best first, counted in `part`; those that tell how long they are go into the reserve.
 * @param material the source, or a passage of it, that the moments are of
 */
export async function* padsOfQueue(
  material: Material,
  settings: PadSettings,
  queue: MomentQueue,
  { wanted, limits, count, tries }: Effort,
  part: PartMining,
  reserve: Reserve,
): AsyncGenerator<Texture> {
  let [made, left] = [0, tries];
  for (let moment = queue.next(); moment && made < count && left > 0; moment = queue.next(), left--) {
    const pad = await closeMoment(material, settings, { wanted, limits, moment });
    if (typeof pad === 'string') part[pad]++;
    else if ('close' in pad) {
      part.recurring++;
      reserve.postpone(pad, part);
    } else if (courseSeverity(pad.course, COMFORTABLE_COURSE) >= 1) {
      part.recurring++;
      reserve.add(pad, part);
    } else if (!queue.overlaps(pad.stretch)) {
      queue.accept(moment, pad.stretch);
      part.made++;
      made++;
      yield pad.texture;
      continue;
    }
    queue.pass(moment);
  }
}
