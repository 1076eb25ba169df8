/** The tempo that an Octatrack is told of a sample, and how long it is at that. */
import { log2, pow } from '../../dsp/maths.ts';
import type { TargetTexture } from '../target.ts';
import { fileTempo } from '../wav-facts.ts';

/** What the device takes, beats a minute. */
const LEAST_BPM = 30;
const MOST_BPM = 300;
const USUAL_BPM = 120;
/** Its unit of tempo, of a beat a minute. */
const PER_BEAT = 24;
/** Seconds of a bar of four beats at one beat a minute. */
const BAR = 240;

export interface OtTempo {
  /** Beats a minute × 24. */
  readonly tempo: number;
  /** Hundredths of a bar of four beats. */
  readonly length: number;
}

/**
 * The tempo that is known of the file. Else, as the device does when it
 * loads a sample of which it is told nothing: one that makes it a whole number of bars, here a power of two, so that
 * the tempo lies within 85 and 170. The length is rounded as the device rounds it: 890,839 frames at 95.04 are 799.95
 * hundredths of a bar, and it writes 800; at 30 they are 252.51, and it writes 253.
 */
export function otTempo(texture: TargetTexture, frames: number, sampleRate: number): OtTempo {
  const seconds = frames / sampleRate;
  const own = fileTempo(texture, seconds);
  const bpm = own !== null && own >= LEAST_BPM && own <= MOST_BPM ? own : wholeBars(seconds);
  const tempo = Math.round(PER_BEAT * bpm);
  const bars = ((tempo / PER_BEAT) * seconds) / BAR;
  return { tempo, length: Math.max(1, Math.round(100 * bars)) };
}

function wholeBars(seconds: number): number {
  const bars = pow(2, Math.round(log2((seconds * USUAL_BPM) / BAR)));
  return (BAR * bars) / seconds;
}
