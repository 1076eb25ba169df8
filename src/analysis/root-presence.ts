import { dbToAmplitude, rms } from '../dsp/levels.ts';
import { log2, pow } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { type PitchSpectrum, pitchStep } from './pitch-spectrum.ts';
import type { RootEstimate } from './root.ts';

/**
 * A root's own partial lies at most this far under the whole sound, dB. Of 363 rendered chords of 37 instruments whose root is
 * told, the faintest lies at -34.2 (a guitar's low strings), of the bench archive's at -28.9 (a choir); of hiss above 5 kHz it is not there.
 */
const FAINTEST_FUNDAMENTAL_DB = -40;
/** And its first four harmonics together this far: of the same chords the faintest have -15.3. */
const FAINTEST_HARMONICS_DB = -18;
const LOWEST_HARMONICS = [1, 2, 3, 4];
/** Of a partial, all that lies within ±50 cents. */
const REACH = 5;

/**
 * Whether a sound holds its root: what is told by faint overtones of what was filtered out, or by peaks of noise, is no note that
 * anybody hears.
 * @param pitches of the sound
 */
export function isRootThere(root: RootEstimate, pitches: PitchSpectrum, sound: Sound): boolean {
  const level = rms(sound) * Math.sqrt(sound.channels.length);
  const pitch = root.note + root.cents / 100;
  const amplitudes = LOWEST_HARMONICS.map((harmonic) => amplitudeAt(pitch + 12 * log2(harmonic), pitches));
  const together = Math.sqrt(amplitudes.reduce((sum, amplitude) => sum + amplitude * amplitude, 0));
  return (
    amplitudes[0] / Math.SQRT2 >= dbToAmplitude(FAINTEST_FUNDAMENTAL_DB) * level &&
    together / Math.SQRT2 >= dbToAmplitude(FAINTEST_HARMONICS_DB) * level
  );
}

/** Of the partials about a pitch in semitones, in the mean of the spectra. */
function amplitudeAt(pitch: number, { values, count }: PitchSpectrum): number {
  const step = Math.round(pitchStep(440 * pow(2, (pitch - 69) / 12)));
  let sum = 0;
  for (let d = -REACH; d <= REACH; d++) sum += values[step + d] ?? 0;
  return sum / count;
}
