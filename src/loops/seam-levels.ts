/** Levels at a seam: mean squares of short zones, each against the body of its loop. */
import { log10 } from '../dsp/maths.ts';

/** About one period of the lowest bass, 30 Hz: over less than that a level follows the wave. */
const LEVEL_WINDOW_SEC = 0.03;
/** A level further down than this is reported as this: there is nothing there, dB. */
const LOWEST_DB = -120;

/** Frames of the window in which levels at a seam are taken: 30 ms. */
export function levelWindow(sampleRate: number): number {
  return Math.round(LEVEL_WINDOW_SEC * sampleRate);
}

/** The mean square furthest from the body's, dB against it; 0 where there is no body. */
export function levelAgainst(body: number, zones: readonly number[]): number {
  return zones.map((zone) => powerAgainst(body, zone)).reduce(furthestFromZero);
}

/** A mean square against the body's, dB; 0 where there is no body. */
export function powerAgainst(body: number, zone: number): number {
  return body === 0 ? 0 : Math.max(LOWEST_DB, 10 * log10(zone / body || Number.MIN_VALUE));
}

/** Of two levels the one further from 0 dB. */
export function furthestFromZero(a: number, b: number): number {
  return Math.abs(a) >= Math.abs(b) ? a : b;
}
