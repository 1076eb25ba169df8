/** Riding the level of a ring band by band: partials that beat where grains meet are brought back one by one. */
import { log2, pow } from './maths.ts';
import { smoothRing } from './riding.ts';
import { RingFrames } from './ring-frames.ts';

/** How {@link evenBands} rides. */
export interface BandRiding {
  /** Over this time the level of a band is measured, s: movement that is slower is taken out… */
  readonly fastSec: number;
  /** …unless it is slower than this, s: what the level is brought to, and the drift of the sound itself. */
  readonly slowSec: number;
  /** Largest correction, up or down, dB. */
  readonly limitDb: number;
  /** Bands are tilted about 500 Hz by so much an octave, dB; 0 keeps the colour. */
  readonly tiltDb: number;
}

/** Frames that tell two partials a third apart from 200 Hz on, and are short against what is ridden. */
const FRAME_SEC = 0.046;
const OVERLAP = 2;
const BANDS = 32;
/** Each pass measures what the last one left. */
const PASSES = 3;
/** A band so far under the whole, in power, is left alone: 70 dB. */
const LEAST_SHARE = 1e-7;
/** What is tilted turns about this. */
const TILT_HZ = 500;

/** Rides every band of a ring towards its own slower level; one gain for all channels, so that the image stays. In place. */
export function evenBands(channels: readonly Float32Array[], sampleRate: number, riding: BandRiding): void {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  const { count } = frames;
  if (count < 2 * OVERLAP) return;
  const powers = frames.powersOf(channels);
  const framesIn = (seconds: number) => (seconds * sampleRate * count) / channels[0].length;
  const limit = pow(10, riding.limitDb / 20);
  const total = powers.reduce((sum, power) => sum + meanOf(power), 0);
  const gains = powers.map((power) =>
    meanOf(power) > LEAST_SHARE * total
      ? gainsOf(power, framesIn(riding.fastSec), framesIn(riding.slowSec), limit)
      : new Float32Array(count).fill(1),
  );
  for (const [band, gain] of gains.entries()) {
    const factor = pow(10, (riding.tiltDb * log2(frames.centresHz[band] / TILT_HZ)) / 20);
    for (let i = 0; i < count; i++) gain[i] *= factor;
  }
  frames.applyTo(channels, gains);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Amplitude gains, frame by frame, that take a band's fast movement out. */
function gainsOf(power: Float32Array, fast: number, slow: number, limit: number): Float32Array {
  const target = smoothRing(power, slow);
  const gains = new Float32Array(power.length).fill(1);
  const ridden = new Float32Array(power.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 0; i < power.length; i++) ridden[i] = power[i] * gains[i] * gains[i];
    const local = smoothRing(ridden, fast);
    for (let i = 0; i < power.length; i++) {
      const gain = gains[i] * Math.sqrt(target[i] / (local[i] + 1e-20));
      gains[i] = Math.min(limit, Math.max(1 / limit, gain));
    }
  }
  return gains;
}
