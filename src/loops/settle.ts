/**
 * A ring may be turned without being changed. It is turned so that the wrap, which some samplers play with
 * a fade of their own and every editor shows as an edge, lies where nothing much happens: level as usual,
 * no change of timbre, neighbouring samples close together.
 */
import { frameCount, type Sound } from '../dsp/sound.ts';
import { energyTrack } from './energy.ts';
import { logMelFrames } from './log-mel.ts';
import { measureSeam, SEAM_LIMITS, seamSeverity } from './seam.ts';

const LEVEL_WINDOW_SEC = 0.03;
/** Places tried before the best of them is taken. */
const PLACES_TRIED = 6;

/** The ring, turned to begin at its calmest place. Its content is unchanged. */
export function settleRing(ring: Sound): Sound {
  let best = ring;
  let least = Infinity;
  for (const place of calmPlaces(ring)) {
    const turned = turnRing(ring, place);
    const severity = seamSeverity(measureSeam(turned, 0));
    if (severity < least) {
      least = severity;
      best = turned;
    }
    if (least <= 1) break;
  }
  return best;
}

/** The ring beginning at frame `start`. */
export function turnRing(ring: Sound, start: number): Sound {
  const channels = ring.channels.map((channel) => {
    const turned = new Float32Array(channel.length);
    turned.set(channel.subarray(start));
    turned.set(channel.subarray(0, start), channel.length - start);
    return turned;
  });
  return { sampleRate: ring.sampleRate, channels };
}

/** Frames at which the wrap would lie calmly, best first. */
function calmPlaces(ring: Sound): number[] {
  const length = frameCount(ring);
  const frames = logMelFrames(ring.channels, ring.sampleRate, { circular: true });
  const { count, hop } = frames;
  const flux = new Float32Array(count);
  for (let i = 0; i < count; i++) flux[i] = frames.distance(i, (i + count - 1) % count);
  const usualFlux = flux.slice().sort()[Math.floor(0.95 * (count - 1))] || Number.MIN_VALUE;
  const levels = levelDepartures(ring);
  const restlessness = flux.map((_, i) => {
    let most = 0;
    for (let k = -1; k <= 2; k++) most = Math.max(most, flux[(i + k + count) % count]);
    return Math.max(most / usualFlux / SEAM_LIMITS.flux, levels(Math.round(i * hop)) / SEAM_LIMITS.levelDb);
  });
  return [...restlessness.keys()]
    .sort((a, b) => restlessness[a] - restlessness[b] || a - b)
    .slice(0, PLACES_TRIED)
    .map((i) => smallestStep(ring, Math.round(i * hop), Math.round(hop)) % length);
}

/** How far the level around a frame lies from the whole ring's, worst channel, dB. */
function levelDepartures(ring: Sound): (frame: number) => number {
  const length = frameCount(ring);
  const window = Math.min(length, Math.round(LEVEL_WINDOW_SEC * ring.sampleRate));
  const energies = energyTrack(ring);
  return (frame) => {
    let worst = 0;
    // Near the ends a window within the file stands for the one that reaches around.
    const start = Math.max(0, Math.min(length - window, frame - (window >> 1)));
    for (let c = 0; c < energies.channelCount; c++) {
      const body = energies.meanSquare(c, 0, length) || Number.MIN_VALUE;
      const here = Math.max(energies.meanSquare(c, start, window), Number.MIN_VALUE);
      worst = Math.max(worst, Math.abs(10 * Math.log10(here / body)));
    }
    return worst;
  };
}

/** The frame near `place` whose step from the one before is smallest, the worst channel counting. */
function smallestStep(ring: Sound, place: number, reach: number): number {
  const length = frameCount(ring);
  let best = place;
  let smallest = Infinity;
  for (let at = place - reach + length; at <= place + reach + length; at++) {
    let step = 0;
    for (const channel of ring.channels) {
      step = Math.max(step, Math.abs(channel[at % length] - channel[(at + length - 1) % length]));
    }
    if (step < smallest) {
      smallest = step;
      best = at % length;
    }
  }
  return best;
}
