/** Signals whose every property is known, and what is measured of their partials. */
import { Random } from '../../../dist/dsp/random.js';

export const RATE = 44_100;

/** A sum of partials `{ hz, amplitude?, phase? }`. */
export function tones(partials, frames, sampleRate = RATE) {
  const samples = new Float32Array(frames);
  for (const { hz, amplitude = 0.2, phase = 0 } of partials) {
    const step = (2 * Math.PI * hz) / sampleRate;
    for (let n = 0; n < frames; n++) samples[n] += amplitude * Math.sin(step * n + phase);
  }
  return samples;
}

/** White noise of this RMS. */
export function whiteNoise(frames, level, ...seed) {
  const random = new Random('bench', ...seed);
  return Float32Array.from({ length: frames }, () => level * random.gaussian());
}

/** Frequency of a MIDI note. */
const noteHz = (note) => 440 * 2 ** ((note - 69) / 12);

/** A chord of notes with six harmonics each, falling by 6 dB an octave, as an organ or string pad has. */
export function chord(notes, frames, sampleRate = RATE) {
  const partials = notes.flatMap((note, i) =>
    Array.from({ length: 6 }, (_, h) => ({
      hz: noteHz(note) * (h + 1),
      amplitude: 0.1 / (h + 1),
      phase: 1.7 * i + 0.9 * h,
    })),
  );
  return tones(
    partials.filter(({ hz }) => hz < 0.45 * sampleRate),
    frames,
    sampleRate,
  );
}

const WINDOW_SEC = 0.4;
const SPACING_SEC = 0.1;

/**
 * Frequency and amplitude of the partial near `hz`, by demodulation: the phase of Hann windows of 0.4 s is
 * followed from one to the next, 0.1 s later, so anything within 5 Hz is told to the hundredth of a cent.
 * @param skipSec left out at either end
 */
export function partialNear(samples, hz, skipSec = 0.1, sampleRate = RATE) {
  const window = Math.round(WINDOW_SEC * sampleRate);
  const spacing = Math.round(SPACING_SEC * sampleRate);
  const skip = Math.round(skipSec * sampleRate);
  const step = (2 * Math.PI * hz) / sampleRate;
  const turns = [];
  const amplitudes = [];
  let before = null;
  for (let start = skip; start + window <= samples.length - skip; start += spacing) {
    let [re, im] = [0, 0];
    for (let n = 0; n < window; n++) {
      const weighted = samples[start + n] * (1 - Math.cos((2 * Math.PI * n) / window));
      re += weighted * Math.cos(step * (start + n));
      im -= weighted * Math.sin(step * (start + n));
    }
    amplitudes.push((2 * Math.sqrt(re * re + im * im)) / window);
    const phase = Math.atan2(im, re);
    if (before !== null) turns.push((((phase - before) / (2 * Math.PI) + 1.5) % 1) - 0.5);
    before = phase;
  }
  const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { hz: hz + (average(turns) * sampleRate) / spacing, amplitude: average(amplitudes) };
}
