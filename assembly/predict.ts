/** What the sides of a crossfade tell of it, for many lengths of a loop at once; see src/loops/candidates.ts. In doubles. */
import { Doubles } from './types';

/** -300 dB: against it every power has a ratio that is a number. */
const LEAST_POWER: f64 = 1e-30;

/** What of a sound's running energies is asked for, and of which loops. */
@unmanaged
class LevelRequest {
  /** Samples of a grain, and grains of the sound. */
  grain: f64;
  grains: f64;
  /** Where the loops start, how long the first is, and by how much each is longer than the one before; samples. */
  start: f64;
  shortest: f64;
  hop: f64;
  /** Samples of the crossfade, and of the window in its middle. */
  fade: f64;
  window: f64;
}

/**
 * How far the level in the middle of a crossfade, and over all of it, is from the body's: the larger power over the smaller.
 *
 * @param energies running sums, one before each grain and after the last
 * @param ratios one a length: what is larger stays
 */
export function levelRatios(energies: Doubles, asked: LevelRequest, count: i32, ratios: Doubles): void {
  const start = asked.start;
  const fade = asked.fade;
  const window = asked.window;
  const middle = floor(fade / 2) + floor(window / 2);
  const leadIn = meanSquare(energies, asked, start - fade, fade);
  const leadInMiddle = meanSquare(energies, asked, start - middle, window);
  for (let k = 0; k < count; k++, ratios += 8) {
    const length = asked.shortest + floor(<f64>k * asked.hop + 0.5);
    const end = start + length;
    const body = max(meanSquare(energies, asked, start, length - fade), LEAST_POWER);
    const there = (leadInMiddle + meanSquare(energies, asked, end - middle, window)) / 2;
    const around = (leadIn + meanSquare(energies, asked, end - fade, fade)) / 2;
    const worst = max(ratioOf(max(there, LEAST_POWER), body), ratioOf(max(around, LEAST_POWER), body));
    store<f64>(ratios, max(load<f64>(ratios), worst));
  }
}

function meanSquare(energies: Doubles, asked: LevelRequest, from: f64, count: f64): f64 {
  return (energyBefore(energies, asked, from + count) - energyBefore(energies, asked, from)) / count;
}

function energyBefore(energies: Doubles, asked: LevelRequest, sample: f64): f64 {
  const grain = max(0, min(asked.grains, floor(sample / asked.grain + 0.5)));
  return load<f64>(energies + ((<usize>grain) << 3));
}

function ratioOf(a: f64, b: f64): f64 {
  return a > b ? a / b : b / a;
}

/** Frames whose bands are asked for, and of which loops; all in hops. */
@unmanaged
class ColourRequest {
  frames: f64;
  start: f64;
  fade: f64;
  /** Samples of a hop; where the shortest loop ends, samples. */
  hop: f64;
  firstEnd: f64;
  /** Share of the body's power under which a band is not missed. */
  notMissed: f64;
}

/**
 * How far bass, presence or treble of a crossfade, as if its sides were unrelated, is from the body's.
 *
 * @param powers running sums, three before each frame and after the last
 * @param ratios one a length: what is larger stays
 */
export function colourRatios(powers: Doubles, asked: ColourRequest, count: i32, ratios: Doubles): void {
  const start = asked.start;
  const fade = asked.fade;
  const share = 1 / (2 * fade);
  for (let k = 0; k < count; k++, ratios += 8) {
    const end = floor((asked.firstEnd + floor(<f64>k * asked.hop + 0.5)) / asked.hop + 0.5);
    const ofBody = 1 / max(1, end - fade - start);
    let whole: f64 = 0;
    for (let band: usize = 0; band < 24; band += 8) {
      whole += ofBody * within(powers + band, asked, start, end - fade);
    }
    const least = max(whole * asked.notMissed, f64.MIN_VALUE);
    let worst = load<f64>(ratios);
    for (let band: usize = 0; band < 24; band += 8) {
      const leadIn = share * within(powers + band, asked, start - fade, start);
      const blended = leadIn + share * within(powers + band, asked, end - fade, end);
      const body = ofBody * within(powers + band, asked, start, end - fade);
      worst = max(worst, ratioOf(max(blended, least), max(body, least)));
    }
    store<f64>(ratios, worst);
  }
}

function within(powers: Doubles, asked: ColourRequest, from: f64, to: f64): f64 {
  const first = <usize>max(0, min(asked.frames, from)) * 24;
  const end = <usize>max(0, min(asked.frames, to)) * 24;
  return load<f64>(powers + end) - load<f64>(powers + first);
}
