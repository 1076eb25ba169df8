/** A ring read from any place on, over any length: once round its end and on. */

/**
 * Fills an array with a ring from a frame on.
 * @param start whole number, which may lie before the first frame or behind the last
 * @param samples filled, unless the ring is empty
 * @returns the array
 */
export function unroll<Samples extends Float32Array>(
  ring: Float32Array,
  start: number,
  samples: Samples,
): Samples {
  const { length } = ring;
  let place = ((start % length) + length) % length;
  for (let done = 0; done < samples.length && length > 0; place = 0) {
    const part = ring.subarray(place, place + samples.length - done);
    samples.set(part, done);
    done += part.length;
  }
  return samples;
}

/** As {@link unroll}, in an array of its own. @param count samples */
export function unrolled(ring: Float32Array, start: number, count: number): Float32Array {
  return unroll(ring, start, new Float32Array(count));
}
