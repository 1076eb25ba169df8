/**
 * Runs two second-order sections, one after the other, over pairs of samples, in place; see src/dsp/filter.ts.
 *
 * @param frames address of `count` pairs of f64, beginning with the first that is run over
 * @param step bytes from one pair to the next: 16, or -16 to go backwards
 * @param coefficients address of 10 f64: b0 b1 b2 a1 a2 of the first section, then of the second
 * @param state address of 8 f64: a pair for each of the four delays; kept from call to call
 */
export function runTwoSections(
  frames: usize,
  count: i32,
  step: isize,
  coefficients: usize,
  state: usize,
): void {
  const b0 = v128.load64_splat(coefficients, 0);
  const b1 = v128.load64_splat(coefficients, 8);
  const b2 = v128.load64_splat(coefficients, 16);
  const a1 = v128.load64_splat(coefficients, 24);
  const a2 = v128.load64_splat(coefficients, 32);
  const c0 = v128.load64_splat(coefficients, 40);
  const c1 = v128.load64_splat(coefficients, 48);
  const c2 = v128.load64_splat(coefficients, 56);
  const d1 = v128.load64_splat(coefficients, 64);
  const d2 = v128.load64_splat(coefficients, 72);
  let p1 = v128.load(state, 0);
  let p2 = v128.load(state, 16);
  let q1 = v128.load(state, 32);
  let q2 = v128.load(state, 48);
  for (let n = 0; n < count; n++, frames += step) {
    const x = v128.load(frames);
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    // Each output waits for the one before: what does not need it is added first.
    p1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p2), f64x2.mul(a1, y));
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), q1);
    q1 = f64x2.sub(f64x2.add(f64x2.mul(c1, y), q2), f64x2.mul(d1, z));
    q2 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    v128.store(frames, z);
  }
  v128.store(state, p1, 0);
  v128.store(state, p2, 16);
  v128.store(state, q1, 32);
  v128.store(state, q2, 48);
}

/** Two channels side by side: pairs of f64. In fours, so all have room for three samples more than are counted. */
export function pairSamples(left: usize, right: usize, pairs: usize, count: i32): void {
  for (let n = 0; n < count; n += 4, left += 16, right += 16, pairs += 64) {
    const l = v128.load(left);
    const r = v128.load(right);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 0, 4, 0, 4)));
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 1, 5, 1, 5)), 16);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 2, 6, 2, 6)), 32);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 3, 7, 3, 7)), 48);
  }
}

/** The same back again. */
export function splitPairs(pairs: usize, left: usize, right: usize, count: i32): void {
  for (let n = 0; n < count; n += 4, left += 16, right += 16, pairs += 64) {
    const a = f32x4.demote_f64x2_zero(v128.load(pairs));
    const b = f32x4.demote_f64x2_zero(v128.load(pairs, 16));
    const c = f32x4.demote_f64x2_zero(v128.load(pairs, 32));
    const d = f32x4.demote_f64x2_zero(v128.load(pairs, 48));
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    v128.store(left, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
    v128.store(right, v128.shuffle<f32>(low, high, 2, 3, 6, 7));
  }
}
