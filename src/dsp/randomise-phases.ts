import { fastFftSize, type RealFft, realFft } from './fft.ts';
import {
  type KernelFloats,
  type KernelIntegers,
  type KernelWorkspace,
  withWorkspace,
} from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { rms, scale } from './levels.ts';
import { phasors } from './phasors.ts';
import type { Random } from './random.ts';
import { evenLevel, type Riding } from './riding.ts';
import { addToRing } from './ring.ts';
import { matchWidth } from './ring-width.ts';
import { frameCount, type Sound } from './sound.ts';
import { hann } from './windows.ts';

/**
 * Extreme stretch: windows of the sound, their phases drawn at random, laid round a ring (after N. O. Paul's
 * Paulstretch). Nothing repeats, nothing has an attack, and there is no seam.
 */

/**
 * Window, seconds. A phase drawn at random in each spreads a partial over 2 Hz or so, the more the shorter it is: of a
 * minor chord on 110 Hz 81 % of the energy stay within 10 cents of their partials; with half the window, which
 * follows changes no better that are heard so much slowed down, 61 %, and the chord's low end turns to mud.
 */
const WINDOW_SEC = 0.74;
/** Largest window, samples: that at 192 kHz. */
const LONGEST_WINDOW = 144_000;
/** Windows that sound at any one time. */
const OVERLAP = 6;

/**
 * A partial whose phase is drawn at random in every window beats with itself, as much as noise does. The slow
 * part of it is ridden out. Measured on a steady sine: 100 ms RMS within ±1 dB of the whole.
 */
const RIDING_WIDTH_SEC = 0.1;
const RIDING: Omit<Riding, 'width'> = { limitDb: 12, passes: 3 };

/** Largest gain of the side signal in a band, and 1 over the smallest. */
const WIDTH_LIMIT = 2;

/**
 * Lays a sound round a ring, phases drawn at random. The place that is read wanders from the sound's start to its end and back,
 * so the ring closes and changes for its whole length. In every window one rotation of phases serves all
 * channels: what stood between them in level and phase still stands between them, and so does the image; the
 * correlation of a stereo ring is the sound's, and so is the level of any.
 * @param sound at least one frame; where it is shorter than a window the window shrinks to it
 * @param length of the ring in frames, at least 1; may be shorter or longer than the sound
 * @throws RangeError where one of them has no frame
 */
export function randomisePhases(sound: Sound, length: number, random: Random): Sound {
  if (frameCount(sound) < 1 || length < 1)
    throw new RangeError('A ring is made of a frame at least, and has one.');
  const { sampleRate, channels } = sound;
  const longest = Math.min(LONGEST_WINDOW, Math.round(WINDOW_SEC * sampleRate));
  const size = windowSize(frameCount(sound), longest);
  const windowCount = Math.max(OVERLAP, Math.round((length * OVERLAP) / size));
  const rings = channels.map(() => new Float32Array(length));
  const gain = evenGain(size, windowCount / length) / size;
  withWorkspace((own) => addWindows(createWorkspace(own, size, gain), channels, rings, windowCount, random));
  evenLevel(rings, { ...RIDING, width: Math.round(RIDING_WIDTH_SEC * sampleRate) });
  if (channels.length === 2) matchWidth(rings, channels, sampleRate, WIDTH_LIMIT);
  keepLevel(rings, rms(sound), rms({ sampleRate, channels: rings }));
  return { sampleRate, channels: rings };
}

/** What windows are turned in. */
interface Workspace {
  readonly fft: RealFft;
  readonly window: KernelFloats;
  /** A frame of sound, its spectrum, and the frame again. */
  readonly frame: KernelFloats;
  readonly drawn: KernelIntegers;
  readonly turnRe: KernelFloats;
  readonly turnIm: KernelFloats;
  /** Of every frame that is added, after a transform that scales by its size. */
  readonly gain: number;
}

function createWorkspace(own: KernelWorkspace, size: number, gain: number): Workspace {
  const fft = realFft(size);
  const window = own.floats(size);
  window.set(hann(size));
  return {
    fft,
    window,
    frame: own.floats(size + 2),
    drawn: own.integers((fft.binCount + 1) >> 1),
    turnRe: own.floats(fft.binCount + 1),
    turnIm: own.floats(fft.binCount + 1),
    gain,
  };
}

/** Adds windows of the channels to the rings, evenly spread over them. */
function addWindows(
  workspace: Workspace,
  channels: readonly Float32Array[],
  rings: readonly Float32Array[],
  windowCount: number,
  random: Random,
): void {
  const { fft, frame } = workspace;
  const room = Math.max(0, channels[0].length - fft.size);
  for (let k = 0; k < windowCount; k++) {
    const way = 1 - Math.abs(1 - (2 * k) / windowCount);
    const from = Math.round(way * room);
    const at = Math.floor((k * rings[0].length) / windowCount);
    drawTurns(workspace, random);
    for (let c = 0; c < channels.length; c++) {
      turnWindow(workspace, channels[c], from);
      addToRing(rings[c], at, frame, fft.size, workspace);
    }
  }
}

/**
 * What makes up for windows that lie over one another. Their squares add up evenly: so many that six of them and more
 * sound at once ripple by less than -80 dB. Drawn phases spread a window's power evenly over it.
 * @param density windows a sample
 */
function evenGain(size: number, density: number): number {
  const share = 3 / 8;
  return 1 / Math.sqrt(share * share * size * density);
}

/** Fills the frame with the source's window from a place on, its phases turned. */
function turnWindow(
  { fft, window, frame, turnRe, turnIm }: Workspace,
  source: Float32Array,
  from: number,
): void {
  const { size, binCount } = fft;
  const part = source.subarray(from, from + size);
  frame.fill(0, part.length, size);
  frame.set(part);
  kernels.multiplyArrays(frame, window, frame, size);
  fft.forward(frame, frame);
  kernels.turnSpectrum(frame, turnRe, turnIm, frame, binCount);
  fft.inverseUnscaled(frame, frame);
}

/** What a partial's drawn phases took from its level, or gave, is given back. */
function keepLevel(rings: readonly Float32Array[], wanted: number, is: number): void {
  if (is === 0) return;
  for (const ring of rings) scale(ring, wanted / is);
}

/** The transform size nearest below the wanted one that the sound fills, or the smallest there is. */
function windowSize(frames: number, wanted: number): number {
  let size = fastFftSize(Math.min(frames, wanted));
  for (let below = size; size > frames && below > 32; below -= 32) size = fastFftSize(below);
  return size;
}

/** Unit vectors of random direction. The ends of the spectrum are real: only their real part will sound. */
function drawTurns({ fft, drawn, turnRe, turnIm }: Workspace, random: Random): void {
  // One number has enough chance in it for two bins.
  random.drawInto(drawn, drawn.length);
  kernels.drawTurns(drawn, phasors, turnRe, turnIm, drawn.length);
  turnRe[0] = 1;
  turnRe[fft.binCount - 1] = 1;
}
