import { type RealFft, realFft } from '../../dsp/fft.ts';
import {
  type KernelFloats,
  type KernelIntegers,
  type KernelWorkspace,
  partOf,
  withWorkspace,
} from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { cos } from '../../dsp/maths.ts';
import { phasors } from '../../dsp/phasors.ts';
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
  const count = Math.max(1, Math.round((OVERLAP * frames) / frameLength));
  withWorkspace((own) => {
    const workspace = createWorkspace(own, spectra, coherenceFor(colours, spectra.correlation));
    const { fft, frame, window } = workspace;
    // The transform back scales by its size.
    const noise = { window, gain: 1 / frameLength };
    const squared = { window, gain: 1 };
    for (let i = 0; i < count; i++) {
      const place = Math.round((i * frames) / count) % frames;
      blend(workspace, colours, i / count);
      fillNoise(workspace, spectra, random);
      for (let channel = 0; channel < channelCount; channel++) {
        fft.inverseUnscaled(workspace.spectra[channel], frame);
        addToRing(channels[channel], place, frame, frameLength, noise);
      }
      addToRing(weight, place, window, frameLength, squared);
    }
  });
  normaliseOverlap(channels, weight);
  return { sampleRate, channels };
}

/** What frames of noise are made in. */
interface Workspace {
  readonly fft: RealFft;
  readonly window: KernelFloats;
  readonly coherence: KernelFloats;
  /** What was drawn by chance. */
  readonly drawn: KernelIntegers;
  /** Two colours, channel after channel, and what lies between them. */
  readonly one: KernelFloats;
  readonly other: KernelFloats;
  readonly colour: KernelFloats;
  /** Of each channel; zeros beside the bins that have a colour. */
  readonly spectra: readonly KernelFloats[];
  /** From the first bin on that has a colour. */
  readonly coloured: readonly KernelFloats[];
  readonly frame: KernelFloats;
}

function createWorkspace(
  own: KernelWorkspace,
  { frameLength, channelCount, firstBin, bins }: HissSpectra,
  coherence: Float32Array,
): Workspace {
  const colour = () => own.floats(channelCount * bins);
  const spectra = Array.from({ length: channelCount }, () => own.floats(frameLength + 2));
  const workspace = {
    fft: realFft(frameLength),
    window: own.floats(frameLength),
    coherence: own.floats(coherence.length),
    drawn: own.integers(channelCount * bins),
    one: colour(),
    other: colour(),
    colour: colour(),
    spectra,
    coloured: spectra.map((spectrum) => partOf(spectrum, 2 * firstBin)),
    frame: own.floats(frameLength),
  };
  workspace.window.set(hann(frameLength));
  workspace.coherence.set(coherence);
  return workspace;
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
function blend({ one, other, colour }: Workspace, colours: readonly Float32Array[], place: number): void {
  const at = place * colours.length;
  const first = Math.floor(at) % colours.length;
  const share = 0.5 - 0.5 * cos(Math.PI * (at - Math.floor(at)));
  one.set(colours[first]);
  other.set(colours[(first + 1) % colours.length]);
  kernels.mixColours(one, other, share, colour, colour.length);
}

/** Random phases under the colour; the right channel shares as much of the left's noise as they cohere. */
function fillNoise(
  { drawn, colour, coherence, coloured }: Workspace,
  { bins, channelCount }: HissSpectra,
  random: Random,
): void {
  random.drawInto(drawn, channelCount * bins);
  const [left, right] = coloured;
  if (channelCount === 2) kernels.fillStereoNoise(drawn, phasors, colour, coherence, left, right, bins);
  else kernels.fillNoise(drawn, phasors, colour, left, bins);
}
