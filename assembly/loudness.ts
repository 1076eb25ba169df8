/**
 * Runs two second-order sections over one or two channels at once.
 *
 * @param left address of `count` f32, @param right address of as many
 * @param coefficients address of 10 f64: b0 b1 b2 a1 a2 of the first section, then of the second
 * @param state address of 8 f64: for each of the four delays its left and right value; kept from call to call
 * @returns the energy of what comes out, of both channels
 */
export function energyOfTwoSections(
  left: usize,
  right: usize,
  count: i32,
  coefficients: usize,
  state: usize,
): f64 {
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
  let energy = f64x2.splat(0);
  for (let n = 0; n < count; n++, left += 4, right += 4) {
    const x = f64x2.promote_low_f32x4(v128.load32_lane(right, v128.load32_zero(left), 1));
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    // Each output waits for the one before: what does not need it is added first.
    p1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p2), f64x2.mul(a1, y));
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), q1);
    q1 = f64x2.sub(f64x2.add(f64x2.mul(c1, y), q2), f64x2.mul(d1, z));
    q2 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    energy = f64x2.add(energy, f64x2.mul(z, z));
  }
  v128.store(state, p1, 0);
  v128.store(state, p2, 16);
  v128.store(state, q1, 32);
  v128.store(state, q2, 48);
  return f64x2.extract_lane(energy, 0) + f64x2.extract_lane(energy, 1);
}
