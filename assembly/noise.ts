/**
 * Spectra of noise, made and heard. Their directions come from a table of 4096 unit vectors, re and im as f32 (src/dsp/phasors.ts),
 * by 12 bits of what chance drew.
 */

function phasorAt(phasors: usize, direction: u32): v128 {
  return v128.load64_zero(phasors + ((<usize>direction) << 3));
}

/**
 * Unit vectors of random direction, one for each bin: two of each integer, whose top 24 bits are used, the lower ones
 * first.
 *
 * @param drawn address of `count` u32
 * @param turnRe, @param turnIm addresses of 2 · count f32
 */
export function drawTurns(drawn: usize, phasors: usize, turnRe: usize, turnIm: usize, count: i32): void {
  for (let n = 0; n < count; n++, drawn += 4, turnRe += 8, turnIm += 8) {
    const bits = load<u32>(drawn);
    const one = phasorAt(phasors, (bits >>> 8) & 4095);
    const other = phasorAt(phasors, bits >>> 20);
    const turns = v128.shuffle<f32>(one, other, 0, 4, 1, 5);
    v128.store64_lane(turnRe, turns, 0);
    v128.store64_lane(turnIm, turns, 1);
  }
}

/** to = one + share · (other - one), in doubles; two at a time, so all arrays have room for one number more. */
export function mixColours(one: usize, other: usize, share: f64, to: usize, count: i32): void {
  const shares = f64x2.splat(share);
  for (let n = 0; n < count; n += 2, one += 8, other += 8, to += 8) {
    const from = f64x2.promote_low_f32x4(v128.load64_zero(one));
    const change = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(other)), from);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(from, f64x2.mul(shares, change))), 0);
  }
}

/**
 * Random phases under a colour, for one channel or two; the right one shares as much of the left one's noise as they
 * cohere. Magnitudes and sums are in doubles.
 *
 * @param drawn address of u32, one a bin and channel; the top 12 bits of each are used
 * @param powers address of f32, one a bin, of the left channel, then of the right
 * @param coherence address of f32, one a bin, -1 to 1; 0 says that there is one channel
 * @param left, @param right addresses of re and im of each bin, f32
 */
export function fillNoise(
  drawn: usize,
  phasors: usize,
  powers: usize,
  coherence: usize,
  left: usize,
  right: usize,
  bins: i32,
): void {
  const rightPowers = (<usize>bins) << 2;
  for (let bin = 0; bin < bins; bin++, powers += 4, left += 8) {
    const phasor = f64x2.promote_low_f32x4(phasorAt(phasors, load<u32>(drawn) >>> 20));
    drawn += 4;
    storeScaled(left, phasor, load<f32>(powers));
    if (!coherence) continue;
    const own = f64x2.promote_low_f32x4(phasorAt(phasors, load<u32>(drawn) >>> 20));
    const shared = <f64>load<f32>(coherence);
    const alone = sqrt<f64>(1 - shared * shared);
    const sum = f64x2.add(f64x2.mul(f64x2.splat(shared), phasor), f64x2.mul(f64x2.splat(alone), own));
    storeScaled(right, sum, load<f32>(powers + rightPowers));
    drawn += 4;
    coherence += 4;
    right += 8;
  }
}

/** One bin: a direction, as loud as a power says. */
function storeScaled(bin: usize, direction: v128, power: f32): void {
  const scaled = f64x2.mul(f64x2.splat(sqrt<f64>(<f64>power)), direction);
  v128.store64_lane(bin, f32x4.demote_f64x2_zero(scaled), 0);
}

/** sums += re · re' + im · im' of every bin of two spectra, in doubles: with itself, a spectrum's power. */
export function addBinProducts(one: usize, other: usize, sums: usize, bins: i32): void {
  for (let bin = 0; bin < bins; bin++, one += 8, other += 8, sums += 4) {
    const products = f64x2.mul(
      f64x2.promote_low_f32x4(v128.load64_zero(one)),
      f64x2.promote_low_f32x4(v128.load64_zero(other)),
    );
    const both = f64x2.extract_lane(products, 0) + f64x2.extract_lane(products, 1);
    store<f32>(sums, <f32>(<f64>load<f32>(sums) + both));
  }
}
