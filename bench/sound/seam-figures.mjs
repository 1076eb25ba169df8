/**
 * The seam figures of SOUND.md §1, from its definitions and not from the engine's code, so that the two can
 * disagree. The loop is tiled twice and the place where the first round meets the second is looked at; each
 * channel is measured by itself and the worst counts.
 *
 * - step: |first sample - last sample| over the median step between neighbours of the loop.
 * - stepOfPeak: the same jump over the largest sample within 30 ms on either side.
 * - levelDb: RMS of the 30 ms around the seam over RMS of the rest of the loop, dB.
 * - flux: largest change from one log-mel frame to the next among those whose windows hold the seam, over the
 *   95th percentile of those whose windows do not. Changes under 0.25 dB a band are not heard: less than that
 *   is not divided by.
 */
import { logMel, melDistance } from './log-mel.mjs';
import { furthestFromZero, largest, median, percentile, powerDb } from './statistics.mjs';

/** What every shipped loop must keep to. */
const LIMITS = { step: 4, stepOfPeak: 0.02, levelDb: 1.5, flux: 1.1 };

const LEVEL_WINDOW_SEC = 0.03;
const UNHEARD_CHANGE_DB = 0.25;
/** A median step below this part of the peak (-90 dB) is silence. */
const LEAST_STEP = 10 ** (-90 / 20);

/** @param channels of the loop, once round */
export function seamFigures(channels, sampleRate) {
  const figures = channels.map((channel) => channelFigures(channel, sampleRate));
  return {
    step: largest(figures.map(({ step }) => step)),
    stepOfPeak: largest(figures.map(({ stepOfPeak }) => stepOfPeak)),
    levelDb: furthestFromZero(figures.map(({ levelDb }) => levelDb)),
    flux: largest(figures.map(({ flux }) => flux)),
  };
}

export const passesStep = ({ step, stepOfPeak }) => step <= LIMITS.step && stepOfPeak <= LIMITS.stepOfPeak;
export const passesLevel = ({ levelDb }) => Math.abs(levelDb) <= LIMITS.levelDb;
export const passesFlux = ({ flux }) => flux <= LIMITS.flux;
export const passesSeam = (seam) => passesStep(seam) && passesLevel(seam) && passesFlux(seam);

function channelFigures(loop, sampleRate) {
  const length = loop.length;
  const tiled = new Float32Array(2 * length);
  tiled.set(loop);
  tiled.set(loop, length);
  const reach = Math.min(length, Math.round(LEVEL_WINDOW_SEC * sampleRate));
  const jump = Math.abs(tiled[length] - tiled[length - 1]);
  const peak = largest(tiled.subarray(length - reach, length + reach).map(Math.abs));
  const steps = loop.subarray(1).map((sample, n) => Math.abs(sample - loop[n]));
  return {
    step: jump / Math.max(median(steps), LEAST_STEP * peak, 1e-12),
    stepOfPeak: peak > 0 ? jump / peak : 0,
    levelDb: seamLevel(tiled, length, reach),
    flux: seamFlux(tiled, length, sampleRate),
  };
}

function seamLevel(tiled, length, window) {
  const half = window >> 1;
  const energy = (from, to) => tiled.subarray(from, to).reduce((sum, x) => sum + x * x, 0);
  const around = energy(length - half, length + half) / (2 * half);
  const rest = energy(half, length - half) / (length - 2 * half);
  return rest > 0 ? powerDb(around / rest) : 0;
}

function seamFlux(tiled, seam, sampleRate) {
  const { size, hop, frames } = logMel(tiled, sampleRate);
  const atSeam = [];
  const inBody = [];
  for (let k = 1; k < frames.length; k++) {
    // A change is heard from the window of frame k - 1 to that of frame k.
    const holdsSeam = (k - 1) * hop < seam && seam < k * hop + size;
    (holdsSeam ? atSeam : inBody).push(melDistance(frames[k], frames[k - 1]));
  }
  return largest(atSeam) / Math.max(percentile(inBody, 0.95) || 0, UNHEARD_CHANGE_DB);
}
