/**
 * What is struck, softened: on a ring, band by band, the level may rise and fall only so fast. So what remains of a
 * struck note is how it rings, and of a drum what lasts around it. What is slower passes untouched.
 *
 * The level that a band may have is the highest curve that lies nowhere above the band's own and is nowhere steeper than
 * asked: the lower envelope of cones. It is low before a strike already, so nothing is heard to be ducked.
 */
import { realFft } from '../../dsp/fft.ts';
import { KernelWorkspace } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { pow } from '../../dsp/maths.ts';
import { addToRing } from '../../dsp/ring.ts';
import type { Sound } from '../../dsp/sound.ts';
import { sineWindow } from '../../dsp/windows.ts';
import { BAND_COUNT, bandPlaces, type LogMelFrames, logMelFrames } from '../../loops/log-mel.ts';
import { colourIn } from './reference.ts';

/** Frames over which a band's level is taken: noise wavers from one to the next. */
const SMOOTHED = 5;
/** What lies further under the loudest band is silence: where strikes are turned down, less is heard beside them, dB. */
const RANGE_DB = 100;
/** A band is turned down by at most this much, dB. */
const MOST_DB = 60;
/** The colour may be off by so much, and is brought back by at most so much, dB. */
const FREE_COLOUR_DB = 0.5;
const MOST_COLOUR_DB = 20;
/** Gains that are all less than this are none, dB. */
const LEAST_DB = 0.05;
/** Frames that sound at a time: squares of sine windows a quarter apart sum to two. */
const OVERLAP = 4;

/** How still a band is held. */
export interface Softness {
  /** How fast it may rise and fall, dB a second; Infinity leaves all strikes as they are. */
  readonly steepestDb: number;
  /** How far its level may waver about that, dB. */
  readonly freeDb: number;
}

/**
 * A softened copy of a ring.
 * @param frames of each of its channels
 * @param colour that it shall have, as in `reference.ts`
 */
export function soften(
  { channels, sampleRate }: Sound,
  frames: readonly LogMelFrames[],
  softness: Softness,
  colour: Float64Array,
): Sound {
  const gains = sharedGains(frames, softness, sampleRate);
  restoreColour(gains, frames, colour);
  return { sampleRate, channels: withGains(channels, sampleRate, frames[0], gains) };
}

/** The frames of a ring's channels that {@link soften} takes. */
export function framesOf({ channels, sampleRate }: Sound): LogMelFrames[] {
  return channels.map((channel) =>
    logMelFrames([channel], sampleRate, { circular: true, rangeDb: RANGE_DB }),
  );
}

/** What each band is turned down by in each frame, dB, 0 or less: in all channels alike, as the one that needs it most. */
function sharedGains(frames: readonly LogMelFrames[], softness: Softness, sampleRate: number): Float32Array {
  const gains = new Float32Array(frames[0].levels.length);
  if (softness.steepestDb === Infinity) return gains;
  const { count, hop } = frames[0];
  const perFrame = (softness.steepestDb * hop) / sampleRate;
  const soft = new Float32Array(count);
  const own = new Float32Array(count);
  for (const { levels } of frames) {
    for (let band = 0; band < BAND_COUNT; band++) {
      softLevels(levels, band, perFrame, soft);
      for (let i = 0; i < count; i++) {
        own[i] = Math.max(-MOST_DB, Math.min(0, soft[i] + softness.freeDb - levels[i * BAND_COUNT + band]));
      }
      for (let i = 0; i < count; i++) {
        // A strike at the edge of a frame is seen less than it is heard.
        const gain = Math.min(own[(i + count - 1) % count], own[i], own[(i + 1) % count]);
        const at = i * BAND_COUNT + band;
        gains[at] = Math.min(gains[at], gain);
      }
    }
  }
  return gains;
}

/** The level that a band may have in each frame. @param perFrame steepest change, dB @param soft filled */
function softLevels(levels: Float32Array, band: number, perFrame: number, soft: Float32Array): void {
  const count = soft.length;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < SMOOTHED; k++) {
      sum += levels[((i + k - (SMOOTHED >> 1) + count) % count) * BAND_COUNT + band];
    }
    soft[i] = sum / SMOOTHED;
  }
  // Twice round, so that the first frames know of the last.
  for (let i = 1; i < 2 * count; i++) {
    soft[i % count] = Math.min(soft[i % count], soft[(i - 1) % count] + perFrame);
  }
  for (let i = 2 * count - 1; i > 0; i--) {
    soft[(i - 1) % count] = Math.min(soft[(i - 1) % count], soft[i % count] + perFrame);
  }
}

/** Adds what brings each band's mean power back to where it shall be. */
function restoreColour(gains: Float32Array, frames: readonly LogMelFrames[], colour: Float64Array): void {
  const powers = new Float64Array(BAND_COUNT);
  for (const { levels } of frames) {
    for (let i = 0; i < levels.length; i++) powers[i % BAND_COUNT] += pow(10, (levels[i] + gains[i]) / 10);
  }
  const missing = colourIn(powers).map((level, band) => {
    const off = colour[band] - level;
    const beyond = Math.max(0, Math.abs(off) - FREE_COLOUR_DB);
    return Math.sign(off) * Math.min(MOST_COLOUR_DB, beyond);
  });
  for (let i = 0; i < gains.length; i++) gains[i] += missing[i % BAND_COUNT];
}

/** The channels, the spectrum of every frame multiplied by its gains. */
function withGains(
  channels: readonly Float32Array[],
  sampleRate: number,
  { windowLength: size, count, hop }: LogMelFrames,
  gains: Float32Array,
): Float32Array[] {
  const own = new KernelWorkspace();
  try {
    const fft = realFft(size);
    const [window, frame] = [own.floats(size), own.floats(size)];
    const [spectrum, changes] = [own.floats(size + 2), own.floats(size + 2)];
    window.set(sineWindow(size));
    const places = bandPlaces(size, sampleRate);
    const bands = new Float32Array(BAND_COUNT + 1);
    const changed = channels.map((channel) => channel.slice());
    for (let i = 0; i < count; i++) {
      const ofFrame = gains.subarray(i * BAND_COUNT, (i + 1) * BAND_COUNT);
      if (ofFrame.every((gain) => Math.abs(gain) < LEAST_DB)) continue;
      for (let b = 0; b < BAND_COUNT; b++) bands[b] = (pow(10, ofFrame[b] / 20) - 1) / size;
      bands[BAND_COUNT] = bands[BAND_COUNT - 1];
      fillChanges(bands, places, changes);
      for (const [c, channel] of channels.entries()) {
        const start = (Math.round(i * hop) - size / 2 + channel.length) % channel.length;
        cut(channel, start, frame);
        kernels.multiplyArrays(frame, window, frame, size);
        fft.forward(frame, spectrum);
        kernels.multiplyArrays(spectrum, changes, spectrum, size + 2);
        fft.inverseUnscaled(spectrum, frame);
        addToRing(changed[c], start, frame, size, { window, gain: 2 / OVERLAP });
      }
    }
    return changed;
  } finally {
    own.release();
  }
}

/** Of each bin, re and im, what lies between the bands at its place. */
function fillChanges(bands: Float32Array, places: Float32Array, changes: Float32Array): void {
  for (let bin = 0; bin < places.length; bin++) {
    const below = Math.floor(places[bin]);
    const change = bands[below] + (places[bin] - below) * (bands[below + 1] - bands[below]);
    changes[2 * bin] = change;
    changes[2 * bin + 1] = change;
  }
}

/** Fills a frame with samples of a ring. */
function cut(ring: Float32Array, start: number, frame: Float32Array): void {
  for (let done = 0, at = start; done < frame.length; at = 0) {
    const part = ring.subarray(at, at + frame.length - done);
    frame.set(part, done);
    done += part.length;
  }
}
