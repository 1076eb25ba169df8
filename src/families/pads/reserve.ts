/** Pads that are written only where a song gives nothing better: by one event or a swell they tell how long they are. */
import { COMFORTABLE_COURSE, courseSeverity } from '../../loops/course.ts';
import type { Texture } from '../texture.ts';
import type { Closed, Postponed } from './close-moment.ts';
import type { PartMining } from './shortfall.ts';

interface Reserved extends Postponed {
  readonly part: PartMining;
}

/** Keeps them, and moments that are foreseen to become such. */
export class Reserve {
  readonly #kept: Reserved[] = [];

  /** @param part where the pad was mined, counted there as one that recurs */
  add(pad: Closed, part: PartMining): void {
    this.postpone({ severity: courseSeverity(pad.course, COMFORTABLE_COURSE), close: () => pad }, part);
  }

  /** @param part as of {@link add} */
  postpone(moment: Postponed, part: PartMining): void {
    this.#kept.push({ ...moment, part });
  }

  /** The least striking pad, if there is any, which counts as made from now on. What does not close after all is passed over. */
  *release(): Generator<Texture> {
    this.#kept.sort((one, other) => one.severity - other.severity);
    for (let next = this.#kept.shift(); next; next = this.#kept.shift()) {
      const { part } = next;
      part.recurring--;
      const pad = next.close();
      if (typeof pad === 'string') {
        part[pad]++;
        continue;
      }
      part.made++;
      yield pad.texture;
      return;
    }
  }
}
