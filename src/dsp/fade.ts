/**
 * Fades in place, by a raised cosine: from 0 to 1 with no corner at either end.
 * Frame n of a fade over `length` frames has gain sin²(π/2 · n/length).
 */

/** Fades the first `length` frames in; the first sample becomes 0. Lengths above the signal's are cut to it. */
export function fadeIn(samples: Float32Array, length: number): void {
  const count = Math.min(length, samples.length);
  for (let n = 0; n < count; n++) samples[n] *= raisedCosine(n / count);
}

/** Fades the last `length` frames out; the last sample becomes 0. Lengths above the signal's are cut to it. */
export function fadeOut(samples: Float32Array, length: number): void {
  const count = Math.min(length, samples.length);
  const last = samples.length - 1;
  for (let n = 0; n < count; n++) samples[last - n] *= raisedCosine(n / count);
}

/** From 0 at 0 to 1 at 1, smoothly. */
function raisedCosine(place: number): number {
  return Math.sin((Math.PI / 2) * place) ** 2;
}
