import { log2, pow } from '../dsp/maths.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { createPeaks, findPeaks } from './peaks.ts';
import { PitchSpectrum } from './pitch-spectrum.ts';
import { createSpectrometer } from './spectrum.ts';

/** Above it partials are weak, and noise is not: four harmonics of C6, and all eight up to 625 Hz. */
const HIGHEST_PARTIAL_HZ = 5000;
/** Longest window: 1.5 s at 44.1 kHz, which tells the semitones of the second octave apart. */
const LONGEST_WINDOW = 65536;
const SHORTEST_WINDOW = 1024;
/** Windows at most, spread evenly: half overlapping over five seconds, and enough of what is longer. */
const MOST_WINDOWS = 6;

/**
 * Partials of a finished sound by pitch, from the longest windows that fit in it (1.5 s at most).
 * @returns null where there are fewer than 1024 samples
 */
export function longPitchSpectrum(sound: Sound): PitchSpectrum | null {
  const frames = frameCount(sound);
  if (frames < SHORTEST_WINDOW) return null;
  const size = Math.min(LONGEST_WINDOW, pow(2, Math.floor(log2(frames))));
  const spectrometer = createSpectrometer(size, sound.sampleRate, HIGHEST_PARTIAL_HZ);
  const power = new Float32Array(spectrometer.lastBin + 1);
  const peaks = createPeaks(spectrometer.lastBin);
  const pitches = new PitchSpectrum();
  const windows = Math.min(MOST_WINDOWS, 1 + Math.ceil((frames - size) / (size / 2)));
  for (let w = 0; w < windows; w++) {
    const start = Math.floor(((w + 0.5) * (frames - size)) / windows);
    spectrometer.measure(sound.channels, start, power);
    findPeaks(power, spectrometer, peaks);
    pitches.add(peaks);
  }
  return pitches;
}
