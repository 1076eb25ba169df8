/** How the partials of a sound share out among the twelve pitch classes. */
import { createSpectrometer, powersFor } from '../analysis/spectrum.ts';
import { triangularBands } from '../dsp/bands.ts';
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { log2, pow } from '../dsp/maths.ts';
import { perRate } from '../dsp/per-rate.ts';
import { placeBands } from '../dsp/placed-bands.ts';
import { scaled, sumOf } from './number-lists.ts';

/** Semitones of an octave. */
export const PITCHES = 12;
/** 16384 samples at 44.1 kHz, of which one bin is 2.7 Hz: less than half a semitone at {@link LOWEST_NOTE} (6.5 Hz). */
const PITCH_WINDOW_SEC = 0.37;
/** MIDI notes from A2 to B6: lower ones lie closer than the window tells apart, higher ones are mostly overtones. */
const LOWEST_NOTE = 45;
const NOTE_COUNT = 48;

/**
 * Amplitude in each pitch class about their mean, C first, as a share of all amplitude: about 1 for a single tone, next to
 * nothing for noise and for what lies above.
 */
export function pitchClassesOf(channels: readonly Float32Array[], sampleRate: number): Float64Array {
  const { spectrometer, notes, power, levels } = pitchToolsAt(sampleRate);
  const { size } = spectrometer;
  const { weights, firstBins, weightCounts } = notes;
  const classes = new Float64Array(PITCHES);
  const { length } = channels[0];
  const whole = channels.map((channel) => (length < size ? padded(channel, size) : channel));
  let amplitude = 0;
  for (let offset = 0; offset + size <= whole[0].length; offset += size / 2) {
    spectrometer.measure(whole, offset, power);
    kernels.bandSums(power, weights, firstBins, weightCounts, NOTE_COUNT, levels);
    for (let i = 0; i < NOTE_COUNT; i++) classes[(LOWEST_NOTE + i) % PITCHES] += Math.sqrt(levels[i]);
    amplitude += Math.sqrt(sumOf(power));
  }
  const sounding = sumOf(classes);
  const mean = sounding / PITCHES;
  return scaled(
    classes.map((value) => value - mean),
    1 / (Math.max(sounding, amplitude) || 1),
  );
}

/** What pitch classes are measured with, at one rate. */
const pitchToolsAt = perRate((sampleRate) => {
  const size = pow(2, Math.round(log2(PITCH_WINDOW_SEC * sampleRate)));
  const edges = Array.from(
    { length: NOTE_COUNT + 2 },
    (_, i) => (440 * pow(2, (LOWEST_NOTE + i - 1 - 69) / 12) * size) / sampleRate,
  );
  const spectrometer = createSpectrometer(size, sampleRate);
  const own = new KernelWorkspace();
  return {
    spectrometer,
    notes: placeBands(own, triangularBands(edges, spectrometer.lastBin)),
    power: powersFor(spectrometer, own),
    levels: own.floats(NOTE_COUNT),
  };
});

/** The channel, with silence behind it. */
function padded(channel: Float32Array, size: number): Float32Array {
  const result = new Float32Array(size);
  result.set(channel);
  return result;
}
