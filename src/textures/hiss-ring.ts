import { realFft } from '../dsp/fft.ts';
import type { Random } from '../dsp/random.ts';
import { addToRing, normaliseOverlap } from '../dsp/ring.ts';
import type { Sound } from '../dsp/sound.ts';
import { hann } from '../dsp/windows.ts';
import { coherenceFor } from './hiss-image.ts';
import type { HissSpectra } from './hiss-spectra.ts';

/**
 * Noise morphing (Moliner, Fierro et al., arXiv 2312.14586): fresh noise takes on the short-time
 * spectrum of real hits, so the colour is theirs and nothing in it is ever repeated.
 */

/** Time from one hit's colour to the next, s. */
const COLOUR_SEC = 0.15;
/** Frames overlap four times: the sum of independent noises is then even within 0.3 dB. */
const OVERLAP = 4;
/** Unit phasors to choose from; finer steps cannot be heard in noise. */
const PHASORS = 4096;
const cosines = Float32Array.from({ length: PHASORS }, (_, i) => Math.cos((2 * Math.PI * i) / PHASORS));
const sines = Float32Array.from({ length: PHASORS }, (_, i) => Math.sin((2 * Math.PI * i) / PHASORS));

/**
 * A ring of noise in the colours of the moments, wandering from one to another.
 * @param frames length of the ring
 */
export function noiseRing(spectra: HissSpectra, frames: number, sampleRate: number, random: Random): Sound {
  const { frameLength, channelCount } = spectra;
  const fft = realFft(frameLength);
  const window = hann(frameLength);
  const squared = window.map((value) => value * value);
  const channels = Array.from({ length: channelCount }, () => new Float32Array(frames));
  const weight = new Float32Array(frames);
  const bins = Array.from({ length: channelCount }, () => new Float32Array(frameLength + 2));
  const grain = new Float32Array(frameLength);
  const colour = new Float32Array(channelCount * spectra.bins);
  const colours = drawColours(spectra, Math.max(1, Math.round(frames / (COLOUR_SEC * sampleRate))), random);
  const coherence = coherenceFor(colours, spectra.correlation);
  const count = Math.max(1, Math.round((OVERLAP * frames) / frameLength));
  for (let i = 0; i < count; i++) {
    const place = Math.round((i * frames) / count) % frames;
    blend(colours, i / count, colour);
    fillNoise(bins, spectra, colour, coherence, random);
    for (let channel = 0; channel < channelCount; channel++) {
      fft.inverse(bins[channel], grain);
      for (let n = 0; n < frameLength; n++) grain[n] *= window[n];
      addToRing(channels[channel], grain, place);
    }
    addToRing(weight, squared, place);
  }
  normaliseOverlap(channels, weight);
  return { sampleRate, channels };
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
function blend(colours: readonly Float32Array[], place: number, colour: Float32Array): void {
  const at = place * colours.length;
  const first = Math.floor(at) % colours.length;
  const one = colours[first];
  const other = colours[(first + 1) % colours.length];
  const share = 0.5 - 0.5 * Math.cos(Math.PI * (at - Math.floor(at)));
  for (let i = 0; i < colour.length; i++) colour[i] = one[i] + share * (other[i] - one[i]);
}

/** Random phases under the colour; the right channel shares as much of the left's noise as they cohere. */
function fillNoise(
  channels: readonly Float32Array[],
  { firstBin, bins }: HissSpectra,
  colour: Float32Array,
  coherence: Float32Array,
  random: Random,
): void {
  const [left, right] = channels;
  for (let bin = 0, k = 2 * firstBin; bin < bins; bin++, k += 2) {
    const phase = random.below(PHASORS);
    const magnitude = Math.sqrt(colour[bin]);
    left[k] = magnitude * cosines[phase];
    left[k + 1] = magnitude * sines[phase];
    if (right === undefined) continue;
    const own = random.below(PHASORS);
    const shared = coherence[bin];
    const alone = Math.sqrt(1 - shared * shared);
    const other = Math.sqrt(colour[bins + bin]);
    right[k] = other * (shared * cosines[phase] + alone * cosines[own]);
    right[k + 1] = other * (shared * sines[phase] + alone * sines[own]);
  }
}
