/**
 * What the ear makes of a texture, before anything is counted: how loud each of some bands as wide as the ear's own is over
 * time, compressed as in the cochlea (McDermott & Simoncelli, "Sound Texture Perception via Statistics of the Auditory
 * Periphery", Neuron 2011). Theirs are filters; these are sums over short-time spectra, at a fiftieth of the work.
 */
import { triangularBands } from '../dsp/bands.ts';
import { PlacedChannels } from '../dsp/fft.ts';
import { type KernelFloats, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { exp, log, log2, pow } from '../dsp/maths.ts';
import { perRate } from '../dsp/per-rate.ts';
import { type PlacedBands, placeBands } from '../dsp/placed-bands.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { createSpectrometer, powersFor, type Spectrometer } from './spectrum.ts';

/** Evenly spaced on the scale of equivalent rectangular bandwidths, 1.3 of them apart. */
export const TEXTURE_BANDS = 24;
const LOWEST_HZ = 100;
const HIGHEST_HZ = 12_000;
/** Seconds: the fastest movement that comes through is that of about 50 Hz. */
const WINDOW_SEC = 0.023;
const HOPS_PER_WINDOW = 4;
/** The cochlea's compression: amplitude to the power of 0.3. */
export const COMPRESSION = 0.3;
/** What lies 60 dB under the whole is not heard beside it. */
const FLOOR = 1e-6;

export interface BandEnvelopes {
  /** Values per second, 172 at 44.1 kHz. */
  readonly rate: number;
  /** Of each band, low to high: its amplitude to the power of 0.3, where the mean power of all bands together is 1. */
  readonly courses: readonly Float32Array[];
}

/**
 * Envelopes of the bands of a sound, its level taken out; power is summed over channels, so that nothing cancels.
 * @param parts of the sound, of one rate, one behind the other: no window lies across two of them, so their ends are not heard
 * @returns one value at least, and all the same where the sound is silent
 */
export function bandEnvelopes(parts: readonly Sound[]): BandEnvelopes {
  const { sampleRate } = parts[0];
  const { size } = toolsAt(sampleRate).spectrometer;
  const hop = size / HOPS_PER_WINDOW;
  const fitting = parts.filter((part) => frameCount(part) >= size);
  const measured = fitting.length > 0 ? fitting : [padded(parts[0], size)];
  const framesOf = (part: Sound) => Math.floor((frameCount(part) - size) / hop) + 1;
  const count = measured.reduce((sum, part) => sum + framesOf(part), 0);
  const courses = Array.from({ length: TEXTURE_BANDS }, () => new Float32Array(count));
  let at = 0;
  for (const part of measured) {
    measurePowers(part, hop, courses, at, framesOf(part));
    at += framesOf(part);
  }
  compress(courses);
  return { rate: sampleRate / hop, courses };
}

/** Fills so many powers of each band from `at` on. */
function measurePowers(
  { sampleRate, channels }: Sound,
  hop: number,
  courses: readonly Float32Array[],
  at: number,
  frames: number,
): void {
  const { spectrometer, placed, power, bands, sums } = toolsAt(sampleRate);
  placed.place(channels);
  for (let frame = 0; frame < frames; frame++) {
    spectrometer.measurePlaced(placed, channels.length, frame * hop, power);
    power.fill(0, spectrometer.lastBin + 1);
    kernels.bandSums(power, bands.weights, bands.firstBins, bands.weightCounts, TEXTURE_BANDS, sums);
    for (let band = 0; band < TEXTURE_BANDS; band++) courses[band][at + frame] = sums[band];
  }
  placed.release();
}

/** From powers of bands to compressed amplitudes about a mean power of 1. */
function compress(courses: readonly Float32Array[]): void {
  const { length } = courses[0];
  let total = 0;
  for (const course of courses) for (let i = 0; i < length; i++) total += course[i];
  const scale = total > 0 ? length / total : 0;
  for (const course of courses) {
    for (let i = 0; i < length; i++) course[i] = pow(scale * course[i] + FLOOR, COMPRESSION / 2);
  }
}

interface Tools {
  readonly spectrometer: Spectrometer;
  readonly placed: PlacedChannels;
  readonly power: KernelFloats;
  readonly bands: PlacedBands;
  readonly sums: KernelFloats;
}

const toolsAt = perRate(createTools);

function createTools(sampleRate: number): Tools {
  const size = pow(2, Math.round(log2(WINDOW_SEC * sampleRate)));
  const highest = Math.min(HIGHEST_HZ, 0.45 * sampleRate);
  const low = erbNumberOf(LOWEST_HZ);
  const spacing = (erbNumberOf(highest) - low) / (TEXTURE_BANDS - 1);
  // Each band begins and ends where its neighbours are centred.
  const edges = Array.from(
    { length: TEXTURE_BANDS + 2 },
    (_, edge) => (hertzOf(low + (edge - 1) * spacing) * size) / sampleRate,
  );
  const spectrometer = createSpectrometer(size, sampleRate, hertzOf(erbNumberOf(highest) + spacing));
  const bank = triangularBands(edges, spectrometer.lastBin);
  const own = new KernelWorkspace();
  return {
    spectrometer,
    placed: new PlacedChannels(),
    power: powersFor(spectrometer, own),
    bands: placeBands(own, bank),
    sums: own.floats(TEXTURE_BANDS),
  };
}

/** Number of equivalent rectangular bandwidths under a frequency (Glasberg & Moore 1990). */
function erbNumberOf(hertz: number): number {
  return 9.265 * log(1 + hertz / 228.85);
}

function hertzOf(erbNumber: number): number {
  return 228.85 * (exp(erbNumber / 9.265) - 1);
}

function padded({ sampleRate, channels }: Sound, length: number): Sound {
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const output = new Float32Array(length);
      output.set(channel.subarray(0, length));
      return output;
    }),
  };
}
