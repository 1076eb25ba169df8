/** Which hits are one sample that was played again: the same wave, louder or softer. */
import { realFft } from '../../dsp/fft.ts';
import { log2, log10, pow, square } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';

/** Compared from the attack on, s: what comes later may be another hit's. */
const COMPARED_SEC = 0.05;
/** How far apart two attacks may have been placed, s. */
const REACH_SEC = 0.002;
/**
 * Correlation above which two hits are one, of their waves and of their differences from sample to sample. The latter
 * tell a kick from the same kick with a hat on it, and fall with every fraction of a sample between two copies. Two
 * hits of a drummer reach 0.9 and 0.5 at most where the drum rings a tone.
 */
const LEAST_ALIKE = 0.85;
const LEAST_ALIKE_DIFFERENCES = 0.6;
/** Hits whose coarse spectra differ by more than this are not compared wave by wave, dB (root mean square). */
const COARSE_DB = 4;
const COARSE_BANDS = 8;

/** A hit's attack, kept for comparing. */
export interface AttackPrint {
  /** Each channel's first 50 ms. */
  readonly waves: readonly Float32Array[];
  /** Of these, each sample less the one before it. */
  readonly differences: readonly Float32Array[];
  /** Levels of octave bands, dB re their sum. */
  readonly coarse: Float32Array;
  /** How far apart two attacks may have been placed, frames. */
  readonly reach: number;
}

/**
 * @param attack the hit from its attack on
 */
export function attackPrint(attack: Sound): AttackPrint {
  const { sampleRate } = attack;
  const count = Math.min(frameCount(attack), Math.round(COMPARED_SEC * sampleRate));
  const waves = attack.channels.map((channel) => channel.slice(0, count));
  const differences = waves.map((wave) => wave.map((value, n) => value - (n > 0 ? wave[n - 1] : 0)));
  return { waves, differences, coarse: coarseSpectrum(waves), reach: Math.round(REACH_SEC * sampleRate) };
}

/** Whether one hit is the other again. */
export function isSameHit(one: AttackPrint, other: AttackPrint): boolean {
  let squares = 0;
  for (let band = 0; band < COARSE_BANDS; band++) squares += square(one.coarse[band] - other.coarse[band]);
  if (squares > COARSE_BANDS * square(COARSE_DB)) return false;
  return (
    likeness(one.waves, other.waves, one.reach) > LEAST_ALIKE &&
    likeness(one.differences, other.differences, one.reach) > LEAST_ALIKE_DIFFERENCES
  );
}

/** Largest normalised cross-correlation of all channels together, within the reach. */
function likeness(one: readonly Float32Array[], other: readonly Float32Array[], reach: number): number {
  const length = Math.min(one[0].length, other[0].length);
  const size = pow(2, Math.ceil(log2(length + reach + 1)));
  const fft = realFft(Math.max(32, size));
  const frame = new Float32Array(fft.size);
  const product = new Float32Array(fft.size + 2);
  let energies = [0, 0];
  for (let c = 0; c < one.length; c++) {
    frame.fill(0).set(one[c].subarray(0, length));
    const first = fft.forward(frame, new Float32Array(fft.size + 2));
    frame.fill(0).set(other[c].subarray(0, length));
    const second = fft.forward(frame, new Float32Array(fft.size + 2));
    for (let k = 0; k < product.length; k += 2) {
      product[k] += first[k] * second[k] + first[k + 1] * second[k + 1];
      product[k + 1] += first[k] * second[k + 1] - first[k + 1] * second[k];
    }
    energies = [energies[0] + energyOf(one[c], length), energies[1] + energyOf(other[c], length)];
  }
  const correlation = fft.inverse(product);
  let most = 0;
  for (let lag = -reach; lag <= reach; lag++) {
    most = Math.max(most, correlation[(lag + fft.size) % fft.size]);
  }
  const scale = Math.sqrt(energies[0] * energies[1]);
  return scale > 0 ? most / scale : 0;
}

function energyOf(samples: Float32Array, length: number): number {
  let sum = 0;
  for (let n = 0; n < length; n++) sum += samples[n] * samples[n];
  return sum;
}

/** Levels of octaves, the highest first: what is left of it when neighbours are taken away, then averaged, and so on. */
function coarseSpectrum(waves: readonly Float32Array[]): Float32Array {
  const powers = new Float32Array(COARSE_BANDS);
  for (const wave of waves) {
    let rest: Float32Array = wave;
    for (let band = 0; band < COARSE_BANDS && rest.length > 1; band++) {
      const half = new Float32Array(rest.length >> 1);
      for (let n = 0; n < half.length; n++) {
        const [even, odd] = [rest[2 * n], rest[2 * n + 1]];
        half[n] = (even + odd) / 2;
        powers[band] += (square(even - odd) / 2) * pow(2, band);
      }
      rest = half;
    }
  }
  const total = powers.reduce((sum, power) => sum + power, 1e-12);
  return powers.map((power) => 10 * log10(power / total + 1e-5));
}
