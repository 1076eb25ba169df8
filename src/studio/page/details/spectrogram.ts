/** The spectrogram of a sound, a column at a time, so that the page stays quick while it is made. */
import { axisHertz } from '../../../report/page/overview.ts';
import type { PageSound } from '../sound/wav.ts';
import { createFourier } from './fourier.ts';

/** Moments, and bands evenly spaced as the ear has them (see axisPlace). */
export const COLUMNS = 240;
export const BANDS = 112;
/** Samples a window: 93 ms at 44.1 kHz, so that partials of a low pad stand apart. */
const WINDOW = 4096;
/** What lies this far under the loudest band is dark, dB. */
const RANGE_DB = 66;
/** Low bands are narrower than the transform has lines; each takes the nearest. */
const LEAST_LINES = 1;
const NOTHING = 1e-12;

const fourier = createFourier(WINDOW);
const hann = Float32Array.from(
  { length: WINDOW },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW),
);

/**
 * @returns after each column null, and at last levels of 0 to 1, a column after the other, each from low to high
 */
export function* spectrogramOf(sound: PageSound, isLoop: boolean): Generator<null, Float32Array> {
  const edges = Array.from({ length: BANDS + 1 }, (_, band) => {
    return Math.min(WINDOW / 2, (axisHertz(band / BANDS) * WINDOW) / sound.sampleRate);
  });
  const powers = new Float32Array(COLUMNS * BANDS);
  const real = new Float32Array(WINDOW);
  const imaginary = new Float32Array(WINDOW);
  const { length } = sound.channels[0];
  for (let column = 0; column < COLUMNS; column++) {
    const middle = Math.round(((column + 0.5) * length) / COLUMNS);
    readWindow(sound, middle - WINDOW / 2, isLoop, real);
    imaginary.fill(0);
    fourier.transform(real, imaginary);
    for (let band = 0; band < BANDS; band++) {
      powers[column * BANDS + band] = bandPower(real, imaginary, edges[band], edges[band + 1]);
    }
    yield null;
  }
  return levels(powers);
}

/** Mono, windowed; beyond a loop's ends it goes round, beyond others' there is silence. */
function readWindow({ channels }: PageSound, start: number, isLoop: boolean, to: Float32Array): void {
  const { length } = channels[0];
  for (let n = 0; n < WINDOW; n++) {
    const place = start + n;
    const at = isLoop ? ((place % length) + length) % length : place;
    let sum = 0;
    if (at >= 0 && at < length) for (const channel of channels) sum += channel[at];
    to[n] = (hann[n] * sum) / channels.length;
  }
}

/** The strongest line of a band, as wide as it may be: a mean would dim what is narrow in a wide band. */
function bandPower(real: Float32Array, imaginary: Float32Array, low: number, high: number): number {
  const first = Math.round(low);
  const last = Math.max(first + LEAST_LINES, Math.round(high));
  let most = 0;
  for (let k = first; k < last; k++) most = Math.max(most, real[k] * real[k] + imaginary[k] * imaginary[k]);
  return most;
}

function levels(powers: Float32Array): Float32Array {
  let loudest = NOTHING;
  for (const power of powers) if (power > loudest) loudest = power;
  return powers.map((power) => Math.max(0, 1 + (10 * Math.log10(power / loudest + NOTHING)) / RANGE_DB));
}

/** Time that a slice may take of a frame, ms. */
const SLICE_MS = 5;

/** Runs to the end in slices between frames; stops without a word once the signal is aborted. */
export function inSlices<T>(work: Generator<null, T>, done: (result: T) => void, signal: AbortSignal): void {
  const slice = (): void => {
    const begun = performance.now();
    while (!signal.aborted) {
      const next = work.next();
      if (next.done) {
        done(next.value);
        return;
      }
      if (performance.now() - begun > SLICE_MS) break;
    }
    if (!signal.aborted) requestAnimationFrame(slice);
  };
  requestAnimationFrame(slice);
}
