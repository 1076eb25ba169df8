import { type RealFft, realFft } from '../../dsp/fft.ts';
import { FREE, kernels, memory } from '../../dsp/kernels.ts';
import { cos } from '../../dsp/maths.ts';
import { loadPhasors, PHASORS_SIZE } from '../../dsp/phasors.ts';
import type { Random } from '../../dsp/random.ts';
import { addToRing, normaliseOverlap } from '../../dsp/ring.ts';
import type { Sound } from '../../dsp/sound.ts';
import { hann } from '../../dsp/windows.ts';
import { coherenceFor } from './image.ts';
import type { HissSpectra } from './spectra.ts';

/**
 * Noise morphing (Moliner, Fierro et al., arXiv 2312.14586): fresh noise takes on the short-time
 * spectrum of real hits, so the colour is theirs and nothing in it is ever repeated.
 */

/** Time from one hit's colour to the next, s. */
const COLOUR_SEC = 0.15;
/** Frames overlap four times: the sum of independent noises is then even within 0.3 dB. */
const OVERLAP = 4;

/**
 * A ring of noise in the colours of the moments, wandering from one to another.
 * @param frames length of the ring
 */
export function noiseRing(spectra: HissSpectra, frames: number, sampleRate: number, random: Random): Sound {
  const { frameLength, channelCount } = spectra;
  const channels = Array.from({ length: channelCount }, () => new Float32Array(frames));
  const weight = new Float32Array(frames);
  const colours = drawColours(spectra, Math.max(1, Math.round(frames / (COLOUR_SEC * sampleRate))), random);
  const desk = layOut(spectra, coherenceFor(colours, spectra.correlation));
  const { fft, spectraAt, frameAt, windowAt, partAt } = desk;
  // The transform back scales by its size.
  const noise = { windowAt, gain: 1 / frameLength };
  const squared = { windowAt, gain: 1 };
  const count = Math.max(1, Math.round((OVERLAP * frames) / frameLength));
  for (let i = 0; i < count; i++) {
    const place = Math.round((i * frames) / count) % frames;
    blend(desk, colours, i / count);
    fillNoise(desk, spectra, random);
    for (let channel = 0; channel < channelCount; channel++) {
      fft.inverseUnscaled(
        memory.floats.subarray(spectraAt[channel] >> 2),
        memory.floats.subarray(frameAt >> 2),
      );
      addToRing(channels[channel], place, frameAt, frameLength, partAt, noise);
    }
    addToRing(weight, place, windowAt, frameLength, partAt, squared);
  }
  normaliseOverlap(channels, weight);
  return { sampleRate, channels };
}

/** Addresses in the kernels' memory, bytes, and the transform of what lies there. */
interface Desk {
  readonly fft: RealFft;
  readonly windowAt: number;
  readonly phasorsAt: number;
  readonly coherenceAt: number;
  /** What was drawn by chance; before that, the two colours that are blended. */
  readonly drawnAt: number;
  readonly colourAt: number;
  /** Of each channel; zeros beside the bins that have a colour. */
  readonly spectraAt: readonly number[];
  readonly frameAt: number;
  /** The stretch of ring that a frame is added to. */
  readonly partAt: number;
}

function layOut({ frameLength, channelCount, bins }: HissSpectra, coherence: Float32Array): Desk {
  const line = 16 * Math.ceil(bins / 4);
  const spectrum = 4 * frameLength + 16;
  const windowAt = FREE;
  const phasorsAt = windowAt + 4 * frameLength;
  const coherenceAt = phasorsAt + 4 * PHASORS_SIZE;
  const drawnAt = coherenceAt + line;
  const colourAt = drawnAt + 2 * channelCount * line + 16;
  const leftAt = colourAt + channelCount * line + 16;
  const spectraAt = Array.from({ length: channelCount }, (_, c) => leftAt + c * spectrum);
  const frameAt = leftAt + channelCount * spectrum;
  const partAt = frameAt + 4 * frameLength;
  memory.floats.fill(0, leftAt >> 2, frameAt >> 2);
  memory.floats.set(hann(frameLength), windowAt >> 2);
  memory.floats.set(coherence, coherenceAt >> 2);
  loadPhasors(phasorsAt);
  const fft = realFft(frameLength);
  return { fft, windowAt, phasorsAt, coherenceAt, drawnAt, colourAt, spectraAt, frameAt, partAt };
}

/** Moments in the order they will be heard, louder ones more often, none twice in a row if it can be helped. */
function drawColours({ moments, weights }: HissSpectra, count: number, random: Random): Float32Array[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const order: number[] = [];
  for (let i = 0; i < count; i++) {
    let chosen = order[i - 1];
    for (let tries = 0; tries < 4 && chosen === order[i - 1]; tries++) {
      let rest = random.uniform() * total;
      chosen = 0;
      while (chosen < weights.length - 1 && rest >= weights[chosen]) rest -= weights[chosen++];
    }
    order.push(chosen);
  }
  return order.map((moment) => moments[moment]);
}

/** The colour at a place of the ring, 0 to 1: between two neighbours, along a raised cosine. */
function blend({ drawnAt, colourAt }: Desk, colours: readonly Float32Array[], place: number): void {
  const at = place * colours.length;
  const first = Math.floor(at) % colours.length;
  const one = colours[first];
  const otherAt = drawnAt + 4 * one.length;
  const share = 0.5 - 0.5 * cos(Math.PI * (at - Math.floor(at)));
  memory.floats.set(one, drawnAt >> 2);
  memory.floats.set(colours[(first + 1) % colours.length], otherAt >> 2);
  kernels.mixColours(drawnAt, otherAt, share, colourAt, one.length);
}

/** Random phases under the colour; the right channel shares as much of the left's noise as they cohere. */
function fillNoise(desk: Desk, { firstBin, bins, channelCount }: HissSpectra, random: Random): void {
  const { phasorsAt, coherenceAt, drawnAt, colourAt, spectraAt } = desk;
  const [left, right = left] = spectraAt;
  random.drawInto(drawnAt, channelCount * bins);
  kernels.fillNoise(
    ...([drawnAt, phasorsAt, colourAt, channelCount === 2 ? coherenceAt : 0] as const),
    ...([left + 8 * firstBin, right + 8 * firstBin, bins] as const),
  );
}
