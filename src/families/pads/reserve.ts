/** Pads that are written only where a song gives nothing better: by one event or a swell they tell how long they are. */
import { type Course, courseSeverity } from '../../loops/course.ts';
import type { Texture } from '../texture.ts';
import type { PartMining } from './shortfall.ts';

/** Keeps the best of them. */
export class Reserve {
  #best: { readonly pad: Texture; readonly part: PartMining } | null = null;
  #least = Infinity;

  get isEmpty(): boolean {
    return this.#best === null;
  }

  /** @param course how the pad goes round, @param part where it was mined, counted there as one that recurs */
  add(pad: Texture, course: Course, part: PartMining): void {
    const severity = courseSeverity(course);
    if (severity < this.#least) [this.#best, this.#least] = [{ pad, part }, severity];
  }

  /** The best one, if there is any, which counts as made from now on. */
  *release(): Generator<Texture> {
    if (!this.#best) return;
    const { pad, part } = this.#best;
    part.made++;
    part.recurring--;
    yield pad;
  }
}
