import { fastFftSize, type RealFft, realFft } from './fft.ts';
import { FREE, kernels, memory } from './kernels.ts';
import { amplify, rms } from './levels.ts';
import { loadPhasors, PHASORS_SIZE } from './phasors.ts';
import type { Random } from './random.ts';
import { evenLevel, type Riding } from './riding.ts';
import { addToRing } from './ring.ts';
import { matchWidth } from './ring-width.ts';
import { frameCount, type Sound } from './sound.ts';
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
/** Largest window, samples: 192 kHz; with what belongs to it it fills the kernels' memory. */
const LONGEST_WINDOW = 144_000;
/** Windows that sound at any one time. */
const OVERLAP = 6;

/**
 * A partial whose phase is drawn anew in every window beats with itself, as much as noise does. The slow
 * part of it is ridden out. Measured on a steady sine: 100 ms RMS within ±1 dB of the whole.
 */
const RIDING_WIDTH_SEC = 0.1;
const RIDING: Omit<Riding, 'width'> = { limitDb: 12, passes: 3 };

/** Largest gain of the side signal in a band, and 1 over the smallest. */
const WIDTH_LIMIT = 2;

/**
 * Smears a sound round a ring. The place that is read wanders from the sound's start to its end and back,
 * so the ring closes and changes for its whole length. In every window one rotation of phases serves all
 * channels: what stood between them in level and phase still stands between them, and so does the image; the
 * correlation of a stereo ring is the sound's, and so is the level of any.
 * @param sound at least one frame; where it is shorter than a window the window shrinks to it
 * @param length of the ring in frames, at least 1; may be shorter or longer than the sound
 * @throws RangeError where one of them has no frame
 */
export function smear(sound: Sound, length: number, random: Random): Sound {
  if (frameCount(sound) < 1 || length < 1)
    throw new RangeError('A ring is smeared of a frame at least, and has one.');
  const { sampleRate, channels } = sound;
  const longest = Math.min(LONGEST_WINDOW, Math.round(WINDOW_SEC * sampleRate));
  const size = windowSize(frameCount(sound), longest);
  const windowCount = Math.max(OVERLAP, Math.round((length * OVERLAP) / size));
  const rings = channels.map(() => new Float32Array(length));
  const desk = layOut(size, evenGain(size, windowCount / length) / size);
  const room = Math.max(0, frameCount(sound) - size);
  for (let k = 0; k < windowCount; k++) {
    const way = 1 - Math.abs(1 - (2 * k) / windowCount);
    const from = Math.round(way * room);
    const at = Math.floor((k * length) / windowCount);
    drawTurns(desk, random);
    for (let c = 0; c < channels.length; c++) {
      turnWindow(desk, channels[c], from);
      addToRing(rings[c], at, desk.workAt, size, desk.partAt, desk);
    }
  }
  evenLevel(rings, { ...RIDING, width: Math.round(RIDING_WIDTH_SEC * sampleRate) });
  if (channels.length === 2) matchWidth(rings, channels, sampleRate, WIDTH_LIMIT);
  keepLevel(rings, rms(sound), rms({ sampleRate, channels: rings }));
  return { sampleRate, channels: rings };
}

/** Addresses in the kernels' memory, bytes, and what is done there. */
interface Desk {
  readonly fft: RealFft;
  readonly windowAt: number;
  /** A frame of sound, its spectrum, and the frame again. */
  readonly workAt: number;
  readonly turnReAt: number;
  readonly turnImAt: number;
  readonly phasorsAt: number;
  /** The stretch of ring that a frame is added to. */
  readonly partAt: number;
  /** Of every frame that is added, after a transform that scales by its size. */
  readonly gain: number;
}

function layOut(size: number, gain: number): Desk {
  const fft = realFft(size);
  const bins = 4 * Math.ceil(fft.binCount / 4);
  const windowAt = FREE;
  const workAt = windowAt + 4 * size;
  const turnReAt = workAt + 8 * bins;
  const turnImAt = turnReAt + 4 * bins;
  const phasorsAt = turnImAt + 4 * bins;
  const partAt = phasorsAt + 4 * PHASORS_SIZE;
  memory.floats.set(hann(size), windowAt >> 2);
  loadPhasors(phasorsAt);
  return { fft, windowAt, workAt, turnReAt, turnImAt, phasorsAt, partAt, gain };
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

/** Puts the source's window from a frame on into the desk, its phases turned. */
function turnWindow(
  { fft, windowAt, workAt, turnReAt, turnImAt }: Desk,
  source: Float32Array,
  from: number,
): void {
  const { size, binCount } = fft;
  const work = memory.floats.subarray(workAt >> 2, (workAt >> 2) + size + 2);
  const heard = source.subarray(from, from + size);
  work.fill(0, heard.length, size);
  work.set(heard);
  kernels.multiplyArrays(workAt, windowAt, workAt, size);
  fft.forward(work, work);
  kernels.turnSpectrum(workAt, turnReAt, turnImAt, workAt, binCount);
  fft.inverseUnscaled(work, work);
}

/** What a partial's drawn phases took from its level, or gave, is given back. */
function keepLevel(rings: readonly Float32Array[], wanted: number, is: number): void {
  if (is === 0) return;
  for (const ring of rings) amplify(ring, wanted / is);
}

/** The transform size nearest below the wanted one that the sound fills, or the smallest there is. */
function windowSize(frames: number, wanted: number): number {
  let size = fastFftSize(Math.min(frames, wanted));
  for (let below = size; size > frames && below > 32; below -= 32) size = fastFftSize(below);
  return size;
}

/** Unit vectors of random direction. The ends of the spectrum are real: only their real part will be heard. */
function drawTurns({ fft, workAt, turnReAt, turnImAt, phasorsAt }: Desk, random: Random): void {
  // One number has enough chance in it for two bins.
  const count = (fft.binCount + 1) >> 1;
  random.drawInto(workAt, count);
  kernels.drawTurns(workAt, phasorsAt, turnReAt, turnImAt, count);
  memory.floats[turnReAt >> 2] = 1;
  memory.floats[(turnReAt >> 2) + fft.binCount - 1] = 1;
}
