/**
 * Fades in place, by a raised cosine: from 0 to 1 with no corner at either end.
 * Frame n of a fade over `length` frames has gain sin²(π/2 · n/length).
 */
import { sin, square } from './maths.ts';

/** Fades the first `length` frames in; the first sample becomes 0. Lengths above the signal's are cut to it. */
export function fadeIn(samples: Float32Array, length: number): void {
  const rise = riseOver(Math.min(length, samples.length));
  for (let n = 0; n < rise.length; n++) samples[n] *= rise[n];
}

/** Fades the last `length` frames out; the last sample becomes 0. Lengths above the signal's are cut to it. */
export function fadeOut(samples: Float32Array, length: number): void {
  const rise = riseOver(Math.min(length, samples.length));
  const last = samples.length - 1;
  for (let n = 0; n < rise.length; n++) samples[last - n] *= rise[n];
}

/** Rises kept: those of a swell's two ends, for its channels and for all its variants. */
const MOST_KEPT = 2;
const kept: Float64Array[] = [];

/** From 0 at 0 towards 1 at `length`, smoothly. */
function riseOver(length: number): Float64Array {
  let rise = kept.find((known) => known.length === length);
  if (!rise) {
    rise = new Float64Array(length);
    for (let n = 0; n < length; n++) rise[n] = square(sin((Math.PI / 2) * (n / length)));
    kept.unshift(rise);
    kept.length = Math.min(kept.length, MOST_KEPT);
  }
  return rise;
}
