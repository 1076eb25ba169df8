import { createPeaks, findPlacedPeaks } from '../analysis/peaks.ts';
import { createSpectrumShape } from '../analysis/shape.ts';
import { createSpectrometer, powersFor, type Spectrometer } from '../analysis/spectrum.ts';
import { type KernelFloats, withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { log2, pow } from '../dsp/maths.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';

/** Window: 186 ms at 44.1 kHz, 5.4 Hz a bin; shorter sounds take the power of two that fits. */
const LONGEST_WINDOW = 8192;
const SHORTEST_WINDOW = 256;
/** Windows at most: enough for a mean, however long the sound. They overlap by half where that takes no more. */
const MOST_WINDOWS = 32;

export interface SpectralFigures {
  /**
   * Centroid of the magnitude spectrum in Hz, averaged over windows that weigh by their magnitude, so that a
   * tail of silence says nothing; 0 for silence.
   */
  readonly centroidHz: number;
  /** Frequency of the strongest partial of the long-term spectrum, Hz; null for silence and for noise without one. */
  readonly strongestHz: number | null;
}

/** Measured on a steady sine above 60 Hz: both within 0.5 Hz. Channels add in power, so none can cancel another. */
export function spectralFigures(sound: Sound): SpectralFigures {
  const frames = frameCount(sound);
  const fitting = pow(2, Math.floor(log2(Math.max(1, frames))));
  const size = Math.min(LONGEST_WINDOW, Math.max(SHORTEST_WINDOW, fitting));
  const channels = frames < size ? sound.channels.map((channel) => padded(channel, size)) : sound.channels;
  const spectrometer = createSpectrometer(size, sound.sampleRate);
  return withWorkspace((own) => {
    const shape = createSpectrumShape(spectrometer, own);
    const [power, total] = [powersFor(spectrometer, own), powersFor(spectrometer, own)];
    let moment = 0;
    let weight = 0;
    for (const start of windowStarts(channels[0].length, size)) {
      spectrometer.measure(channels, start, power);
      shape.measure(power);
      kernels.addTo(total, power, power.length);
      moment += shape.magnitudeSum * shape.centroidHz;
      weight += shape.magnitudeSum;
    }
    const strongestHz = strongestPartial(total, spectrometer);
    return { centroidHz: weight > 0 ? moment / weight : 0, strongestHz };
  });
}

function windowStarts(frames: number, size: number): number[] {
  const last = frames - size;
  const count = Math.min(MOST_WINDOWS, 1 + Math.ceil(last / (size / 2)));
  return Array.from({ length: count }, (_, w) => (count > 1 ? Math.round((w * last) / (count - 1)) : 0));
}

function strongestPartial(power: KernelFloats, spectrometer: Spectrometer): number | null {
  const peaks = createPeaks(spectrometer.lastBin);
  findPlacedPeaks(power, spectrometer, peaks);
  let strongest = -1;
  for (let i = 0; i < peaks.count; i++) {
    if (peaks.amplitude[i] > 0 && (strongest < 0 || peaks.amplitude[i] > peaks.amplitude[strongest])) {
      strongest = i;
    }
  }
  return strongest < 0 ? null : peaks.frequency[strongest];
}

function padded(samples: Float32Array, length: number): Float32Array {
  const output = new Float32Array(length);
  output.set(samples);
  return output;
}
