/**
 * A loop that was closed and then filtered or reversed wraps where it did before, and there its samples may
 * now lie far apart. Turned by a few milliseconds it wraps where they lie close together.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import { turnRing } from './settle.ts';

/** Too little for a crossfade's place to be another, enough for a period of most tones. */
const REACH_SEC = 0.006;

/** The loop, turned by at most 6 ms to wrap at its smallest step, the worst channel counting. */
export function nudgeWrap(loop: Sound): Sound {
  const length = frameCount(loop);
  const reach = Math.min(Math.round(REACH_SEC * loop.sampleRate), length >> 1);
  let best = 0;
  let smallest = Infinity;
  for (let turn = -reach; turn <= reach; turn++) {
    const at = (turn + length) % length;
    const before = (at + length - 1) % length;
    let step = 0;
    for (const channel of loop.channels) step = Math.max(step, Math.abs(channel[at] - channel[before]));
    if (step < smallest) {
      smallest = step;
      best = at;
    }
  }
  return turnRing(loop, best);
}
