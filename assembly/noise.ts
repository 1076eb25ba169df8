import { sumOfPair } from './lanes';
import { Floats, Integers } from './types';

/**
 * Spectra of noise, made and measured. Their directions come from a table of 4096 unit vectors, re and im as f32 (src/dsp/phasors.ts),
 * by 12 bits of what chance drew.
 */

function phasorAt(phasors: Floats, direction: u32): v128 {
  return v128.load64_zero(phasors + ((<usize>direction) << 3));
}

/**
 * Unit vectors of random direction, one for each bin: two of each integer, whose top 24 bits are used, the lower ones
 * first.
 *
 * @param drawn `count` integers
 * @param turnRe, @param turnIm filled with 2 · count numbers
 */
export function drawTurns(
  drawn: Integers,
  phasors: Floats,
  turnRe: Floats,
  turnIm: Floats,
  count: i32,
): void {
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
export function mixColours(one: Floats, other: Floats, share: f64, to: Floats, count: i32): void {
  const shares = f64x2.splat(share);
  for (let n = 0; n < count; n += 2, one += 8, other += 8, to += 8) {
    const from = f64x2.promote_low_f32x4(v128.load64_zero(one));
    const change = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(other)), from);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.add(from, f64x2.mul(shares, change))), 0);
  }
}

/**
 * Random phases under a colour. Magnitudes are in doubles.
 *
 * @param drawn one integer a bin; the top 12 bits of each are used
 * @param powers one a bin
 * @param spectrum re and im of each bin: filled
 */
export function fillNoise(
  drawn: Integers,
  phasors: Floats,
  powers: Floats,
  spectrum: Floats,
  bins: i32,
): void {
  for (let bin = 0; bin < bins; bin++, drawn += 4, powers += 4, spectrum += 8) {
    const phasor = f64x2.promote_low_f32x4(phasorAt(phasors, load<u32>(drawn) >>> 20));
    storeScaled(spectrum, phasor, load<f32>(powers));
  }
}

/**
 * {@link fillNoise} of two channels; the right one shares as much of the left one's noise as they cohere.
 *
 * @param drawn two integers a bin
 * @param powers one a bin, of the left channel, then of the right
 * @param coherence one a bin, -1 to 1
 */
export function fillStereoNoise(
  drawn: Integers,
  phasors: Floats,
  powers: Floats,
  coherence: Floats,
  left: Floats,
  right: Floats,
  bins: i32,
): void {
  const rightPowers = (<usize>bins) << 2;
  for (let bin = 0; bin < bins; bin++, powers += 4, left += 8) {
    const phasor = f64x2.promote_low_f32x4(phasorAt(phasors, load<u32>(drawn) >>> 20));
    drawn += 4;
    storeScaled(left, phasor, load<f32>(powers));
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
export function addBinProducts(one: Floats, other: Floats, sums: Floats, bins: i32): void {
  for (let bin = 0; bin < bins; bin++, one += 8, other += 8, sums += 4) {
    const products = f64x2.mul(
      f64x2.promote_low_f32x4(v128.load64_zero(one)),
      f64x2.promote_low_f32x4(v128.load64_zero(other)),
    );
    const both = sumOfPair(products);
    store<f32>(sums, <f32>(<f64>load<f32>(sums) + both));
  }
}
