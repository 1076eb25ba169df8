/** Figures of the Deluge's sounds: 32 bits with a sign, written as eight hexadecimal digits; knobs go from 0 to 50 over them. */
import { log2 } from '../../dsp/maths.ts';

export const LEAST = -0x80000000;
export const MOST = 0x7fffffff;

const KNOB_STEPS = 50;
const STEP = 85_899_345;
/** Of an attack with the knob at 0, and how much longer each step is, so that 50 are 3 s (firmware, attackRateTable). */
const SHORTEST_ATTACK_SEC = 0.000_726;
const ATTACK_OCTAVES = 12;
/** Seconds of a release with the knob at 0, 10, … 50 (firmware, releaseRateTable); about straight lines between. */
const RELEASES_SEC = [0.0058, 0.4135, 0.9805, 1.829, 3.224, 5.944];

export function param(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

export function attackParam(seconds: number): number {
  if (seconds <= SHORTEST_ATTACK_SEC) return LEAST;
  return knobParam((KNOB_STEPS * log2(seconds / SHORTEST_ATTACK_SEC)) / ATTACK_OCTAVES);
}

export function releaseParam(seconds: number): number {
  const above = RELEASES_SEC.findIndex((each) => each >= seconds);
  if (above === 0) return LEAST;
  if (above < 0) return MOST;
  const [from, to] = [RELEASES_SEC[above - 1], RELEASES_SEC[above]];
  const tens = above - 1 + (seconds - from) / (to - from);
  return knobParam((KNOB_STEPS * tens) / (RELEASES_SEC.length - 1));
}

function knobParam(knob: number): number {
  return Math.min(MOST, Math.round(Math.min(KNOB_STEPS, knob) * STEP) + LEAST);
}
