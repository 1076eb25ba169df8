/**
 * Runs two second-order sections over one or two channels at once, and sums the squares of what comes out.
 *
 * @param samples address of `count` frames: left samples, then (at `stride` bytes) right ones; f32
 * @param coefficients address of 10 f64: b0 b1 b2 a1 a2 of the first section, then of the second
 * @param state address of 8 f64: for each of the four delays its left and right value; kept from call to call
 * @param sums address of count + 1 f64: sums[n+1] becomes sums[n] + what frame n adds
 */
export function sumSquaresOfTwoSections(
  samples: usize,
  stride: usize,
  count: i32,
  coefficients: usize,
  state: usize,
  sums: usize,
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
  let sum = load<f64>(sums);
  for (let n = 0; n < count; n++) {
    const at = samples + ((<usize>n) << 2);
    const x = f64x2.replace_lane(f64x2.splat(<f64>load<f32>(at)), 1, <f64>load<f32>(at + stride));
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    p1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), p2);
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), q1);
    q1 = f64x2.add(f64x2.sub(f64x2.mul(c1, y), f64x2.mul(d1, z)), q2);
    q2 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    const square = f64x2.mul(z, z);
    sum += f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
    store<f64>(sums + ((<usize>(n + 1)) << 3), sum);
  }
  v128.store(state, p1, 0);
  v128.store(state, p2, 16);
  v128.store(state, q1, 32);
  v128.store(state, q2, 48);
}
