/**
 * What lasts in a row of a power spectrogram; see src/analysis/harmonic-gains.ts and src/analysis/harmonic-reader.ts. Four bins
 * at a time, so all arrays have room for three more.
 */
import { Floats } from './types';

/** powers += re² + im² of every bin. */
export function addBinPowers(spectrum: Floats, powers: Floats, bins: i32): void {
  for (let bin = 0; bin < bins; bin += 4, spectrum += 32, powers += 16) {
    const low = v128.load(spectrum);
    const high = v128.load(spectrum, 16);
    const re = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const im = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    const sum = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    v128.store(powers, f32x4.add(v128.load(powers), sum));
  }
}

/**
 * Goes straight from point to point: line[p · step + i] = scale · (points[p] + (points[p + 1] - points[p]) · i / step).
 * @param count points that are followed by another; line gets step numbers for each, and one more for the last
 */
export function joinPoints(points: Floats, count: i32, step: i32, scale: f32, line: Floats): void {
  const share = scale / <f32>step;
  for (let point = 0; point < count; point++, points += 4) {
    const from = load<f32>(points);
    const slope = (load<f32>(points, 4) - from) * share;
    const start = from * scale;
    for (let i = 0; i < step; i++, line += 4) store<f32>(line, start + <f32>i * slope);
  }
  store<f32>(line, load<f32>(points) * scale);
}

/** above[n] = what values[n] stand out above scale · floor[n]; at least 0. */
export function standingAbove(values: Floats, floor: Floats, scale: f32, above: Floats, count: i32): void {
  const factor = f32x4.splat(scale);
  const zero = f32x4.splat(0);
  for (let n = 0; n < count; n += 4, values += 16, floor += 16, above += 16) {
    const rest = f32x4.sub(v128.load(values), f32x4.mul(factor, v128.load(floor)));
    v128.store(above, f32x4.pmax(zero, rest));
  }
}

/**
 * Where the gains of {@link lastingGains} turn each bin: kept + loose · a direction, which chance draws by row and bin alone,
 * mixed as MurmurHash3 ends.
 * @param phasors 4096 unit vectors, re and im (src/dsp/phasors.ts)
 * @param kept becomes the real parts, @param loose becomes the imaginary ones
 */
export function lastingTurns(kept: Floats, loose: Floats, phasors: Floats, row: i32, bins: i32): void {
  const rowHash = i32x4.splat(row * <i32>0x9e3779b1);
  let numbers = i32x4(1, 3, 5, 7);
  for (let bin = 0; bin < bins; bin += 4, kept += 16, loose += 16) {
    const scattered = v128.load(loose);
    if (v128.any_true(f32x4.gt(scattered, f32x4.splat(0)))) {
      let hash = v128.xor(rowHash, i32x4.mul(numbers, i32x4.splat(<i32>0x85ebca6b)));
      hash = i32x4.mul(v128.xor(hash, i32x4.shr_u(hash, 16)), i32x4.splat(<i32>0xc2b2ae35));
      hash = v128.and(v128.xor(hash, i32x4.shr_u(hash, 13)), i32x4.splat(4095));
      const one = directionsAt(phasors, i32x4.extract_lane(hash, 0), i32x4.extract_lane(hash, 1));
      const other = directionsAt(phasors, i32x4.extract_lane(hash, 2), i32x4.extract_lane(hash, 3));
      const re = f32x4.mul(scattered, v128.shuffle<f32>(one, other, 0, 2, 4, 6));
      v128.store(kept, f32x4.add(v128.load(kept), re));
      v128.store(loose, f32x4.mul(scattered, v128.shuffle<f32>(one, other, 1, 3, 5, 7)));
    }
    numbers = i32x4.add(numbers, i32x4.splat(8));
  }
}

function directionsAt(phasors: usize, one: i32, other: i32): v128 {
  const first = v128.load64_zero(phasors + ((<usize>one) << 3));
  return v128.load64_lane(phasors + ((<usize>other) << 3), first, 1);
}

/**
 * @param power of each bin
 * @param kept the least that each bin does not fall under; becomes its gain as it is
 * @param loose becomes the gain of the same with its phase drawn by chance
 * @param noise what stands behind, @param hit what stands out above it
 * @param room a tone may swell above its least level by, in power
 * @param tone a bin's least level over the noise from which on it holds no noise
 */
export function lastingGains(
  power: Floats,
  kept: Floats,
  loose: Floats,
  noise: Floats,
  hit: Floats,
  count: i32,
  room: f32,
  tone: f32,
  scatteredGain: f32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (let n: usize = 0; n < <usize>(count << 2); n += 16) {
    const here = v128.load(power + n);
    const least = v128.load(kept + n);
    const behind = v128.load(noise + n);
    const struck = v128.load(hit + n);
    const lasting = f32x4.pmax(least, behind);
    const wide = f32x4.div(lasting, f32x4.add(lasting, struck));
    const narrow = f32x4.div(f32x4.mul(f32x4.splat(room), lasting), here);
    // Silence belongs to nobody.
    const sounds = v128.and(f32x4.gt(lasting, zero), f32x4.gt(here, zero));
    const gain = v128.and(sounds, f32x4.sqrt(f32x4.pmin(wide, narrow)));
    // How much of a bin is noise under a hit: none where there is no hit, and none where there is a tone.
    const toneless = f32x4.div(f32x4.sub(f32x4.splat(tone), f32x4.div(least, behind)), f32x4.splat(tone - 1));
    const noisy = f32x4.pmax(zero, f32x4.pmin(one, toneless));
    const share = f32x4.pmin(one, f32x4.div(struck, behind));
    const isNoisy = v128.and(f32x4.gt(struck, zero), f32x4.gt(behind, zero));
    const scattered = v128.and(isNoisy, f32x4.mul(noisy, share));
    v128.store(kept + n, f32x4.mul(f32x4.sub(one, scattered), gain));
    v128.store(loose + n, f32x4.mul(f32x4.mul(f32x4.splat(scatteredGain), scattered), gain));
  }
}
