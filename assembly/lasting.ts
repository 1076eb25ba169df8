/** Gains of what lasts in a row of a power spectrogram; see src/analysis/harmonic-gains.ts. Four bins at a time. */
import { Floats } from './types';

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
