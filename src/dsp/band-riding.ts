/** Riding the level of a ring band by band: partials that beat where grains meet are brought back one by one. */
import { log, log10, pow, square } from './maths.ts';
import { smoothRing } from './riding.ts';
import { type BandLevels, RingFrames } from './ring-frames.ts';

/** How {@link evenBands} rides. */
export interface BandRiding {
  /** Over this time the level of a band is measured, s: movement that is slower is taken out… */
  readonly fastSec: number;
  /** …unless it is slower than this, s: what the level is brought to, and the drift of the sound itself. */
  readonly slowSec: number;
  /** Largest correction, up or down, dB. */
  readonly limitDb: number;
  /** What each band gains besides, dB, once its level is known. */
  readonly recolour?: (levels: BandLevels) => Float32Array;
}

/** Frames that tell two partials a third apart from 200 Hz on, and are short against what is ridden. */
const FRAME_SEC = 0.046;
const OVERLAP = 2;
const BANDS = 32;
/** Each pass measures what the last one left. */
const PASSES = 3;
/** A band so far under the whole, in power, is left alone: 70 dB. */
const LEAST_SHARE = 1e-7;

/** How far each band moves between two speeds: the root mean square of its level's distance from its slower level, in nepers. */
export function bandMovements(
  channels: readonly Float32Array[],
  sampleRate: number,
  speeds: Pick<BandRiding, 'fastSec' | 'slowSec'>,
): Float32Array {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  const [fast, slow] = inFrames(speeds, frames.count, channels[0].length / sampleRate);
  return Float32Array.from(frames.powersOf(channels), (power) =>
    movementOf(smoothRing(power, fast), smoothRing(power, slow)),
  );
}

/**
 * Rides every band of a ring towards its own slower level, as far as it moves more than it should; one gain for all channels, so
 * that the image stays. In place.
 * @param wanted movement of each band, as {@link bandMovements} finds it in what the ring is made of
 */
export function evenBands(
  channels: readonly Float32Array[],
  sampleRate: number,
  wanted: Float32Array,
  riding: BandRiding,
): void {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  const { count } = frames;
  if (count < 2 * OVERLAP) return;
  const powers = frames.powersOf(channels);
  const total = powers.reduce((sum, power) => sum + meanOf(power), 0);
  const speeds = inFrames(riding, count, channels[0].length / sampleRate);
  const gains = powers.map((power, band) =>
    meanOf(power) > LEAST_SHARE * total
      ? gainsOf(power, speeds, wanted[band], pow(10, riding.limitDb / 20))
      : new Float32Array(count).fill(1),
  );
  const levelsDb = Float32Array.from(powers, (power) => 10 * log10(meanOf(power) + 1e-20));
  for (const [band, db] of riding.recolour?.({ centresHz: frames.centresHz, levelsDb }).entries() ?? []) {
    for (let i = 0; i < count; i++) gains[band][i] *= pow(10, db / 20);
  }
  frames.applyTo(channels, gains);
}

/** Fast and slow in frames. */
function inFrames(
  { fastSec, slowSec }: Pick<BandRiding, 'fastSec' | 'slowSec'>,
  count: number,
  seconds: number,
): readonly [number, number] {
  return [(fastSec * count) / seconds, (slowSec * count) / seconds];
}

function movementOf(local: Float32Array, target: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < local.length; i++) sum += square(log((local[i] + 1e-20) / (target[i] + 1e-20)));
  return Math.sqrt(sum / local.length);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Amplitude gains, frame by frame, that take of a band's fast movement what is more than wanted. */
function gainsOf(
  power: Float32Array,
  [fast, slow]: readonly [number, number],
  wanted: number,
  limit: number,
): Float32Array {
  const gains = new Float32Array(power.length).fill(1);
  const target = smoothRing(power, slow);
  const own = movementOf(smoothRing(power, fast), target);
  if (own <= wanted) return gains;
  const ridden = new Float32Array(power.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 0; i < power.length; i++) ridden[i] = power[i] * gains[i] * gains[i];
    const local = smoothRing(ridden, fast);
    for (let i = 0; i < power.length; i++) {
      const gain = gains[i] * Math.sqrt(target[i] / (local[i] + 1e-20));
      gains[i] = Math.min(limit, Math.max(1 / limit, gain));
    }
  }
  const share = 1 - wanted / own;
  return gains.map((gain) => pow(gain, share));
}
