/** Pads that are written only where a song gives nothing better: by one event or a swell they tell how long they are. */
import { courseSeverity } from '../../loops/course.ts';
import type { Texture } from '../texture.ts';

/** Keeps the best of them. */
export class Reserve {
  #best: Texture | null = null;
  #least = Infinity;

  /** @param pad a mined one */
  add(pad: Texture): void {
    const severity = pad.loop?.kind === 'splice' ? courseSeverity(pad.loop.course) : 0;
    if (severity < this.#least) [this.#best, this.#least] = [pad, severity];
  }

  /** Null where there is none. */
  get best(): Texture | null {
    return this.#best;
  }
}
