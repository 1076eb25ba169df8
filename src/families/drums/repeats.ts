/** Which hits are one sample that was played again: the same wave, louder or softer. */
import { square } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { OCTAVES, octaveLevels } from './octaves.ts';
import { channelsOf, likeness, mayBeAlike, type WavePrint, wavePrint } from './wave-print.ts';

/** Compared from the attack on, s: what comes later may be another hit's. */
export const ATTACK_SEC = 0.05;
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

/** A hit's attack, kept for comparing: 14 kB a channel at 44.1 kHz. */
export interface AttackPrint {
  /** Of its first 50 ms. */
  readonly wave: WavePrint;
  /** Levels of octaves, dB re their sum. */
  readonly coarse: Float32Array;
}

/**
 * @param attack the hit from its attack on
 */
export function attackPrint(attack: Sound): AttackPrint {
  const { sampleRate } = attack;
  const count = Math.min(frameCount(attack), Math.round(ATTACK_SEC * sampleRate));
  const channels = attack.channels.map((channel) => channel.subarray(0, count));
  return {
    wave: wavePrint(channels, Math.round(REACH_SEC * sampleRate)),
    coarse: octaveLevels(channels),
  };
}

/** Whether one hit is the other again. */
export function isSameHit(one: AttackPrint, other: AttackPrint): boolean {
  let squares = 0;
  for (let octave = 0; octave < OCTAVES; octave++) {
    squares += square(one.coarse[octave] - other.coarse[octave]);
  }
  if (squares > OCTAVES * square(COARSE_DB)) return false;
  const length = Math.min(one.wave.length, other.wave.length);
  const [a, b] = [shortened(one.wave, length), shortened(other.wave, length)];
  return (
    mayBeAlike(a, b, LEAST_ALIKE) &&
    likeness(a, b) > LEAST_ALIKE &&
    likeness(differences(a), differences(b)) > LEAST_ALIKE_DIFFERENCES
  );
}

function shortened(wave: WavePrint, length: number): WavePrint {
  if (wave.length === length) return wave;
  return wavePrint(
    channelsOf(wave).map((channel) => channel.subarray(0, length)),
    wave.reach,
  );
}

/** Each sample less the one before it. */
function differences(wave: WavePrint): WavePrint {
  const channels = channelsOf(wave).map((channel) =>
    channel.map((value, n) => value - (n > 0 ? channel[n - 1] : 0)),
  );
  return wavePrint(channels, wave.reach);
}
