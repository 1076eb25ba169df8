/**
 * The seam figures of docs/SOUND-QUALITY.md ("What the bench measures"), from their definitions and not from the engine's code, so that the two can
 * disagree. The loop is tiled twice and the place where the first round meets the second is looked at; each
 * channel is measured by itself and the worst counts.
 *
 * - step: |first sample - last sample| over the median step between neighbours of the loop.
 * - stepOfPeak: the same jump over the largest sample within 30 ms on either side.
 * - levelDb: RMS of the 30 ms around the seam over RMS of the rest of the loop, dB.
 * - flux: largest change from one log-mel frame to the next among those whose windows hold the seam, over the
 *   95th percentile of those whose windows do not. Changes under 0.25 dB a band are not heard: less than that
 *   is not divided by.
 *
 * Any other place can be looked at as if the loop had been cut there; then the true wrap is part of the body.
 */
import { melDistance, tiledLogMel } from './log-mel.mjs';
import { furthestFromZero, largest, median, percentile, powerDb } from './statistics.mjs';

/** What every shipped loop must keep to. */
const LIMITS = { step: 4, stepOfPeak: 0.02, levelDb: 1.5, flux: 1.1 };

const LEVEL_WINDOW_SEC = 0.03;
const UNHEARD_CHANGE_DB = 0.25;
/** A median step below this part of the peak (-90 dB) is silence. */
const LEAST_STEP = 10 ** (-90 / 20);

/** @param channels of the loop, once round */
export function seamFigures(channels, sampleRate) {
  return figuresAtPlaces(channels, sampleRate, [0])[0];
}

/** @param places frames at which the loop is looked at as if it were cut there; 0 is where the file is */
export function figuresAtPlaces(channels, sampleRate, places) {
  const looks = channels.map((channel) => lookAt(channel, sampleRate));
  return places.map((place) => {
    const figures = looks.map((look) => look(place));
    return {
      step: largest(figures.map(({ step }) => step)),
      stepOfPeak: largest(figures.map(({ stepOfPeak }) => stepOfPeak)),
      levelDb: furthestFromZero(figures.map(({ levelDb }) => levelDb)),
      flux: largest(figures.map(({ flux }) => flux)),
    };
  });
}

export const passesStep = ({ step, stepOfPeak }) => step <= LIMITS.step && stepOfPeak <= LIMITS.stepOfPeak;
export const passesLevel = ({ levelDb }) => Math.abs(levelDb) <= LIMITS.levelDb;
export const passesFlux = ({ flux }) => flux <= LIMITS.flux;
export const passesSeam = (seam) => passesStep(seam) && passesLevel(seam) && passesFlux(seam);

/** What all places of one channel share, done once: the median step, the energy, the log-mel changes. */
function lookAt(loop, sampleRate) {
  const { length } = loop;
  const reach = Math.min(length, Math.round(LEVEL_WINDOW_SEC * sampleRate));
  const steps = new Float32Array(length - 1);
  let energy = 0;
  for (let n = 0; n < length; n++) {
    if (n > 0) steps[n - 1] = Math.abs(loop[n] - loop[n - 1]);
    energy += loop[n] * loop[n];
  }
  const usualStep = median(steps);
  const changes = tiledChanges(loop, sampleRate);
  return (place) => {
    const { peak, energy: around } = surroundings(loop, place, reach);
    const jump = Math.abs(loop[place] - loop[(place + length - 1) % length]);
    const half = reach >> 1;
    const rest = (energy - around) / (length - 2 * half);
    return {
      step: jump / Math.max(usualStep, LEAST_STEP * peak, 1e-12),
      stepOfPeak: peak > 0 ? jump / peak : 0,
      levelDb: rest > 0 ? powerDb(around / (2 * half) / rest) : 0,
      flux: fluxAt(changes, place < length / 2 ? place + length : place, length),
    };
  };
}

/** Peak within `reach` frames of a place round the loop, and energy within half as many. */
function surroundings(loop, place, reach) {
  const { length } = loop;
  const half = reach >> 1;
  let peak = 0;
  let energy = 0;
  for (let k = -reach; k < reach; k++) {
    const sample = loop[(place + k + length) % length];
    if (Math.abs(sample) > peak) peak = Math.abs(sample);
    if (k >= -half && k < half) energy += sample * sample;
  }
  return { peak, energy };
}

/** The changes from frame to frame of the loop tiled twice, each with the samples it is heard in. */
function tiledChanges(loop, sampleRate) {
  const { size, hop, frames } = tiledLogMel(loop, sampleRate);
  return frames.slice(1).map((frame, k) => ({
    from: k * hop,
    to: (k + 1) * hop + size,
    change: melDistance(frame, frames[k]),
  }));
}

/** @param seam place in the loop tiled twice: the round in which most windows around it are whole */
function fluxAt(changes, seam, length) {
  const other = seam >= length ? seam - length : seam + length;
  let atSeam = 0;
  const inBody = [];
  for (const { from, to, change } of changes) {
    if (from < seam && seam < to) atSeam = Math.max(atSeam, change);
    else if (!(from < other && other < to)) inBody.push(change);
  }
  return atSeam / Math.max(percentile(inBody, 0.95) || 0, UNHEARD_CHANGE_DB);
}
