import { fastFftSize, realFft } from './fft.ts';
import { multiply, rms } from './levels.ts';
import type { Random } from './random.ts';
import { addToRing, evenLevel, normaliseOverlap, type Riding } from './ring.ts';
import { frameCount, type Sound } from './sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from './stereo.ts';
import { hann } from './windows.ts';

/**
 * Extreme stretch: windows of the sound, their phases drawn anew, laid round a ring (after N. O. Paul's
 * Paulstretch). Nothing repeats, nothing has an attack, and there is no seam.
 */

/**
 * Window, seconds. A phase drawn anew in each spreads a partial over 2 Hz or so, the more the shorter it is: of a
 * minor chord on 110 Hz 81 % of the energy stay within 10 cents of their partials; with half the window, which
 * follows changes no better that are heard so much slowed down, 61 %, and the chord's low end turns to mud.
 */
const WINDOW_SEC = 0.74;
/** Windows that sound at any one time. */
const OVERLAP = 6;
/** Phases come from so many directions; 0.1° apart is far below what a phase drawn by chance could show. */
const DIRECTIONS = 4096;

/**
 * A partial whose phase is drawn anew in every window beats with itself, as much as noise does. The slow
 * part of it is ridden out. Measured on a steady sine: 100 ms RMS within ±1 dB of the whole.
 */
const RIDING_WIDTH_SEC = 0.1;
const RIDING: Omit<Riding, 'width'> = { limitDb: 12, passes: 3 };

/**
 * Largest gain of the side signal: drawn phases move the correlation of a ring of a few seconds by up to 0.14
 * (measured), which much less than this puts right.
 */
const WIDTH_LIMIT = 2;

/**
 * Smears a sound round a ring. The place that is read wanders from the sound's start to its end and back,
 * so the ring closes and changes for its whole length. In every window one rotation of phases serves all
 * channels: what stood between them in level and phase still stands between them, and so does the image; the
 * correlation of a stereo ring is the sound's.
 * @param sound at least one frame; where it is shorter than a window the window shrinks to it
 * @param length of the ring in frames, at least 1; may be shorter or longer than the sound
 */
export function smear(sound: Sound, length: number, random: Random): Sound {
  const { sampleRate, channels } = sound;
  const size = windowSize(frameCount(sound), Math.round(WINDOW_SEC * sampleRate));
  const window = hann(size);
  const windowCount = Math.max(OVERLAP, Math.round((length * OVERLAP) / size));
  const rings = channels.map(() => new Float32Array(length));
  const weight = new Float32Array(length);
  const power = window.map((gain) => gain * gain);
  // The analysis window takes this share of the power; drawn phases spread what is left evenly.
  const share = power.reduce((sum, gain) => sum + gain, 0) / size;

  const fft = realFft(size);
  const rotation = new Float32Array(2 * fft.binCount);
  const frame = new Float32Array(size);
  const spectrum = new Float32Array(size + 2);
  const room = Math.max(0, frameCount(sound) - size);
  for (let k = 0; k < windowCount; k++) {
    const way = 1 - Math.abs(1 - (2 * k) / windowCount);
    const from = Math.round(way * room);
    const at = Math.floor((k * length) / windowCount);
    drawRotation(rotation, random);
    for (let c = 0; c < channels.length; c++) {
      frame.fill(0).set(channels[c].subarray(from, from + size));
      multiply(frame, window);
      rotate(fft.forward(frame, spectrum), rotation);
      multiply(fft.inverse(spectrum, frame), window);
      addToRing(rings[c], frame, at);
    }
    addToRing(weight, power, at, share);
  }
  normaliseOverlap(rings, weight);
  evenLevel(rings, { ...RIDING, width: Math.round(RIDING_WIDTH_SEC * sampleRate) });
  keepLevel(rings, rms(sound), rms({ sampleRate, channels: rings }));
  if (channels.length === 2) {
    const wanted = correlationOf(stereoCovariance(channels[0], channels[1]));
    matchCorrelation(rings[0], rings[1], wanted, WIDTH_LIMIT);
  }
  return { sampleRate, channels: rings };
}

/** What a partial's drawn phases took from its level, or gave, is given back. */
function keepLevel(rings: readonly Float32Array[], wanted: number, is: number): void {
  if (is === 0) return;
  const gain = wanted / is;
  for (const ring of rings) for (let n = 0; n < ring.length; n++) ring[n] *= gain;
}

/** The transform size nearest below the wanted one that the sound fills, or the smallest there is. */
function windowSize(frames: number, wanted: number): number {
  let size = fastFftSize(Math.min(frames, wanted));
  for (let below = size; size > frames && below > 32; below -= 32) size = fastFftSize(below);
  return size;
}

/** Unit vectors of random direction, re and im; the ends of the spectrum are real and stay. */
function drawRotation(rotation: Float32Array, random: Random): void {
  for (let k = 0; k < rotation.length; k += 2) {
    const direction = random.below(DIRECTIONS);
    rotation[k] = cosines[direction];
    rotation[k + 1] = cosines[(direction + (3 * DIRECTIONS) / 4) % DIRECTIONS];
  }
  rotation[0] = 1;
  rotation[1] = 0;
  rotation[rotation.length - 2] = 1;
  rotation[rotation.length - 1] = 0;
}

const cosines = Float32Array.from({ length: DIRECTIONS }, (_, n) => Math.cos((2 * Math.PI * n) / DIRECTIONS));

function rotate(spectrum: Float32Array, rotation: Float32Array): void {
  for (let k = 0; k < spectrum.length; k += 2) {
    const re = spectrum[k];
    const im = spectrum[k + 1];
    spectrum[k] = re * rotation[k] - im * rotation[k + 1];
    spectrum[k + 1] = re * rotation[k + 1] + im * rotation[k];
  }
}
