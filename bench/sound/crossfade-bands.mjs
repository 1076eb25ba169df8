/**
 * What a crossfade does to bass, middle and treble. Two sides of one level, blended, should keep that level at
 * every frequency; where they cancel it dips, where they are alike and both too strong it swells. The music's
 * own ups and downs are taken out by comparison with the two sides as they stand in the source: in the middle
 * half of the fade, per band,
 *
 *   10·log10( Σ |pad|² / Σ (w·|incoming|² + (1-w)·|outgoing|²) ),
 *
 * over short spectra (Hann, 46 ms, a quarter from one to the next) and channels, where w = f²/(f² + (1-f)²) and
 * f rises as a raised cosine: each side's share in the power. 0 dB is a blend that nobody hears.
 */
import { realFft } from '../../dist/dsp/fft.js';
import { largest, powerDb } from './statistics.mjs';

/** Edges of the bands, Hz: under the first there is only what the engine takes for wandering DC. */
export const BANDS = { bass: [40, 800], middle: [800, 4000], treble: [4000, 16_000] };
const SIZE = 2048;
const HOP = 512;
/** A band this far under the loudest of the pad holds nothing that could be heard to dip, dB. */
const RANGE_DB = 60;

/**
 * @param pad channels of the loop
 * @param region the stretch as `readRegion` gives it, with at least half its length before it
 * @param crossfade as `findCrossfade` gives it
 * @returns {Record<string, number | null> | null} dB by band, null for a band with nothing in it; null where the
 *   fade is too short for a single spectrum or the source does not reach back to its beginning
 */
export function crossfadeBands(pad, { channels, before }, crossfade, sampleRate) {
  const { start, length: fade, gainAt } = crossfade;
  const loopLength = pad[0].length;
  const incomingAt = before - fade;
  const outgoingAt = before + loopLength - fade;
  if (fade < SIZE || incomingAt < SIZE / 2) return null;
  const heard = powers();
  const expected = powers();
  for (const [c, channel] of pad.entries()) {
    for (let at = fade / 4; at <= (3 * fade) / 4; at += HOP) {
      const middle = Math.round(at);
      const rising = 0.5 - 0.5 * Math.cos((Math.PI * middle) / fade);
      const gain = gainAt[c](loopLength - fade + middle);
      const weight = rising ** 2 / (rising ** 2 + (1 - rising) ** 2);
      addSpectrum(heard, channel, start + middle, sampleRate, 1);
      addSpectrum(expected, channels[c], incomingAt + middle, sampleRate, weight * gain ** 2);
      addSpectrum(expected, channels[c], outgoingAt + middle, sampleRate, (1 - weight) * gain ** 2);
    }
  }
  const floor = largest(Object.values(expected)) * 10 ** (-RANGE_DB / 10);
  return Object.fromEntries(
    Object.keys(BANDS).map((band) => [
      band,
      expected[band] > floor ? powerDb(heard[band] / expected[band]) : null,
    ]),
  );
}

const powers = () => Object.fromEntries(Object.keys(BANDS).map((band) => [band, 0]));

const WINDOW = Float32Array.from({ length: SIZE }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / SIZE));

/** Adds to each band's sum the weighted power of the window around a place; beyond its end the channel goes round. */
function addSpectrum(sums, channel, middle, sampleRate, weight) {
  const frame = new Float32Array(SIZE);
  for (let n = 0; n < SIZE; n++) {
    frame[n] = WINDOW[n] * channel[(middle - SIZE / 2 + n + channel.length) % channel.length];
  }
  const spectrum = realFft(SIZE).forward(frame);
  for (const [band, edges] of Object.entries(BANDS)) {
    const [from, to] = edges.map((hz) => Math.min(SIZE / 2, Math.round((hz * SIZE) / sampleRate)));
    let power = 0;
    for (let k = from; k < to; k++) power += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    sums[band] += weight * power;
  }
}
