import { Floats } from './types';

/**
 * Natural logarithms of positive, normal f32, within 3e-7 or two units in the last place.
 *
 * The number is m·2^e with m between √½ and √2, and ln m = 2·artanh((m-1)/(m+1)), whose series is cut after the
 * ninth power: the rest is at most 2·0.1716^11/11 = 7e-10.
 */
export function logarithms(values: v128): v128 {
  const one = f32x4.splat(1);
  // The bits of √½: what is above them in the exponent field is the power of two.
  const root = i32x4.splat(0x3f3504f3);
  const bits = i32x4.sub(values, root);
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), root);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const z = f32x4.mul(s, s);
  let series = f32x4.add(f32x4.mul(z, f32x4.splat(<f32>(2.0 / 9.0))), f32x4.splat(<f32>(2.0 / 7.0)));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(<f32>(2.0 / 5.0)));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(<f32>(2.0 / 3.0)));
  series = f32x4.add(f32x4.mul(series, z), f32x4.splat(2));
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(<f32>Math.LN2)), f32x4.mul(series, s));
}

/**
 * values[n] becomes ln(offset + factor·values[n]), which must be a positive, normal f32; in place, four at a time,
 * so up to three numbers after the last are changed too.
 */
export function logarithmsOf(values: Floats, count: i32, factor: f32, offset: f32): void {
  for (let n = 0; n < count; n += 4, values += 16) {
    const scaled = f32x4.mul(v128.load(values), f32x4.splat(factor));
    v128.store(values, logarithms(f32x4.add(scaled, f32x4.splat(offset))));
  }
}

/**
 * Levels of powers, dB; in place, four at a time, so up to three numbers after the last are changed too.
 * @param floor a positive, normal f32, under which all count as this
 */
export function decibelsOf(powers: Floats, count: i32, floor: f32): void {
  const floors = f32x4.splat(floor);
  const factor = f32x4.splat(<f32>(10 / Math.LN10));
  for (let n = 0; n < count; n += 4, powers += 16) {
    v128.store(powers, f32x4.mul(factor, logarithms(f32x4.pmax(floors, v128.load(powers)))));
  }
}
