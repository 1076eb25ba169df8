/** Short-time spectra round a ring and their bands, for gains that differ from band to band and change with time. */
import { realFft } from './fft.ts';
import { exp, log, log2, pow } from './maths.ts';
import { sineWindow } from './windows.ts';

/** The bands' range: those of the ear below and above have no colour of their own. */
const LOWEST_HZ = 60;
const HIGHEST_HZ = 16_000;

export class RingFrames {
  /** How many lie round the ring. */
  readonly count: number;
  /** Power of each band in each frame, summed over channels. */
  readonly powers: readonly Float32Array[];
  /** Where each band is centred. */
  readonly centresHz: readonly number[];
  readonly #size: number;
  readonly #overlap: number;
  /** First sample of each frame. */
  readonly #places: readonly number[];
  /** Of each bin: the band whose centre lies under it, and how far it is to the next. */
  readonly #below: Uint8Array;
  readonly #share: Float32Array;

  /**
   * @param seconds length of a frame; the power of two samples nearest to that is taken
   * @param overlap 2, 4, …: frames over each sample
   * @param bands as many, evenly spaced on the scale of equivalent rectangular bandwidths (Glasberg & Moore 1990)
   */
  constructor(
    channels: readonly Float32Array[],
    sampleRate: number,
    seconds: number,
    overlap: number,
    bands: number,
  ) {
    const { length } = channels[0];
    this.#size = pow(2, Math.round(log2(seconds * sampleRate)));
    this.#overlap = overlap;
    this.count = Math.max(1, Math.round((overlap * length) / this.#size));
    this.#places = Array.from({ length: this.count }, (_, i) => Math.round((i * length) / this.count));
    const bins = this.#size / 2 + 1;
    this.#below = new Uint8Array(bins);
    this.#share = new Float32Array(bins);
    const [low, high] = [warped(LOWEST_HZ), warped(Math.min(HIGHEST_HZ, 0.45 * sampleRate))];
    this.centresHz = Array.from({ length: bands }, (_, band) =>
      unwarped(low + ((high - low) * band) / (bands - 1)),
    );
    for (let bin = 0; bin < bins; bin++) {
      const place = ((warped((bin * sampleRate) / this.#size) - low) / (high - low)) * (bands - 1);
      const clamped = Math.max(0, Math.min(bands - 1 - 1e-6, place));
      this.#below[bin] = Math.floor(clamped);
      this.#share[bin] = clamped - this.#below[bin];
    }
    const powers = Array.from({ length: bands }, () => new Float32Array(this.count));
    const spectrum = new Float32Array(this.#size + 2);
    for (const channel of channels) {
      for (let i = 0; i < this.count; i++) this.#addPowers(this.#transform(channel, i, spectrum), i, powers);
    }
    this.powers = powers;
  }

  /**
   * Multiplies the ring by gains, in amplitude, of each band in each frame; between bands and frames they are blended. A frame
   * whose gains are all 1 costs nothing and changes nothing. In place.
   */
  applyTo(channels: readonly Float32Array[], gains: readonly Float32Array[]): void {
    const fft = realFft(this.#size);
    const window = sineWindow(this.#size);
    const frame = new Float32Array(this.#size);
    const spectrum = new Float32Array(this.#size + 2);
    for (const channel of channels) {
      const { length } = channel;
      // What is added must not be read again by the next frame.
      const untouched = channel.slice();
      for (let i = 0; i < this.count; i++) {
        if (gains.every((band) => band[i] === 1)) continue;
        this.#transform(untouched, i, spectrum);
        this.#scaleToChange(spectrum, i, gains);
        fft.inverse(spectrum, frame);
        for (let n = 0, at = this.#places[i]; n < this.#size; n++, at++) {
          if (at >= length) at -= length;
          channel[at] += (2 / this.#overlap) * window[n] * frame[n];
        }
      }
    }
  }

  #transform(channel: Float32Array, index: number, spectrum: Float32Array): Float32Array {
    const window = sineWindow(this.#size);
    const frame = new Float32Array(this.#size);
    const { length } = channel;
    for (let n = 0, at = this.#places[index]; n < this.#size; n++, at++) {
      while (at >= length) at -= length;
      frame[n] = window[n] * channel[at];
    }
    return realFft(this.#size).forward(frame, spectrum);
  }

  #addPowers(spectrum: Float32Array, index: number, powers: readonly Float32Array[]): void {
    const [below, share] = [this.#below, this.#share];
    for (let bin = 1; bin < below.length - 1; bin++) {
      const power = spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
      powers[below[bin]][index] += (1 - share[bin]) * power;
      powers[below[bin] + 1][index] += share[bin] * power;
    }
  }

  /** Makes of a spectrum what it gains. */
  #scaleToChange(spectrum: Float32Array, index: number, gains: readonly Float32Array[]): void {
    const [below, share] = [this.#below, this.#share];
    for (let bin = 0; bin < below.length; bin++) {
      const here = gains[below[bin]][index];
      const change = here + share[bin] * (gains[below[bin] + 1][index] - here) - 1;
      spectrum[2 * bin] *= change;
      spectrum[2 * bin + 1] *= change;
    }
  }
}

function warped(hertz: number): number {
  return log(1 + hertz / 228.85);
}

function unwarped(place: number): number {
  return 228.85 * (exp(place) - 1);
}
