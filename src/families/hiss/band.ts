import { butterworthBandPass, butterworthHighPass, type Section } from '../../dsp/butterworth.ts';
import type { HissSettings } from './settings.ts';

/** What of the spectrum counts as hiss. */
export interface HissBand {
  readonly lowHz: number;
  readonly highHz: number;
  /** To be run forward and backward: 6 dB down at the edges, then 24 dB an octave. */
  readonly sections: readonly Section[];
}

/** Order of each slope; zero-phase filtering doubles it. */
const ORDER = 2;
/** Filters end a little under the Nyquist frequency. */
const TOP = 0.49;

/** The band that the settings ask for, or null where the sample rate leaves (almost) nothing of it. */
export function hissBand(hiss: HissSettings['hiss'], sampleRate: number): HissBand | null {
  const top = TOP * sampleRate;
  const lowHz = hiss.use_bandpass ? hiss.bandpass_low_hz : hiss.highpass_hz;
  const highHz = hiss.use_bandpass ? Math.min(hiss.bandpass_high_hz, top) : top;
  if (lowHz >= 0.9 * highHz) return null;
  const sections =
    hiss.use_bandpass && hiss.bandpass_high_hz < top
      ? butterworthBandPass(ORDER, lowHz, highHz, sampleRate)
      : butterworthHighPass(ORDER, lowHz, sampleRate);
  return { lowHz, highHz, sections };
}
