/**
 * The crossfade that closes a loop: what led up to the loop's start is blended over its end, so that the
 * wrap from last sample to first is a place where the music ran on by itself.
 *
 * It is done in three bands, each with the gains that its own correlation asks for. Two places of a chord may
 * run in phase at its low partials and have nothing in common in the treble: one correlation for both lets
 * the treble dip by up to 3 dB in the middle of the fade (measured on held pads, above 4 kHz).
 */
import { butterworthLowPass, type Section } from '../dsp/butterworth.ts';
import { filterZeroPhase } from '../dsp/filter.ts';
import type { Sound } from '../dsp/sound.ts';
import { crossfadeGains } from './crossfade.ts';

/** Where the bands meet, Hz: bass and body, presence, treble. */
const EDGES_HZ = [800, 4000];
/** Surroundings that the filters need to settle, seconds: far more than they ring. */
const MARGIN_SEC = 0.02;

/** One side of the crossfade: bands × channels. The bands add up to the sound. */
type Side = readonly (readonly Float32Array[])[];

/**
 * The loop sound[start … start+length), its last `fade` frames crossfaded into the `fade` frames before `start`.
 * In each band one correlation serves all channels, so that the image stays.
 * @throws RangeError where the sound does not reach from start - fade to start + length, or fade > length
 */
export function closeInBands(sound: Sound, start: number, length: number, fade: number): Sound {
  if (fade > length || start < fade || start + length > sound.channels[0].length) {
    throw new RangeError(
      `A loop of ${length} frames at ${start} with a fade of ${fade} does not fit its sound.`,
    );
  }
  const incoming = bandsBefore(sound, start, fade);
  const outgoing = bandsBefore(sound, start + length, fade);
  const gains = incoming.map((band, b) => crossfadeGains(fade, correlationOfSides(band, outgoing[b])));
  const channels = sound.channels.map((channel, c) => {
    const loop = channel.slice(start, start + length);
    loop.fill(0, length - fade);
    for (const [b, { fadeIn, fadeOut }] of gains.entries()) {
      const before = incoming[b][c];
      const after = outgoing[b][c];
      for (let k = 0, at = length - fade; k < fade; k++, at++) {
        loop[at] += after[k] * fadeOut[k] + before[k] * fadeIn[k];
      }
    }
    return loop;
  });
  return { sampleRate: sound.sampleRate, channels };
}

/** The `count` frames before `end`, split into bands. */
function bandsBefore({ sampleRate, channels }: Sound, end: number, count: number): Side {
  const margin = Math.round(MARGIN_SEC * sampleRate);
  const from = Math.max(0, end - count - margin);
  const lowPasses = EDGES_HZ.map((edge) => butterworthLowPass(2, edge, sampleRate));
  const split = channels.map((channel) => {
    const surroundings = channel.subarray(from, Math.min(channel.length, end + margin));
    const first = end - count - from;
    return bandsOf(surroundings, lowPasses).map((band) => band.subarray(first, first + count));
  });
  return split[0].map((_, b) => split.map((bands) => bands[b]));
}

/** What lies under each edge and above the one before; the rest last. */
function bandsOf(samples: Float32Array, lowPasses: readonly Section[][]): Float32Array[] {
  const under = [...lowPasses.map((sections) => filterZeroPhase(samples, sections)), samples];
  return under.map((band, b) => (b === 0 ? band : band.map((x, n) => x - under[b - 1][n])));
}

/** Correlation of two sides over all channels, -1 to 1; 0 where one is silent. */
function correlationOfSides(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  let [product, first, second] = [0, 0, 0];
  for (let c = 0; c < one.length; c++) {
    for (let k = 0; k < one[c].length; k++) {
      product += one[c][k] * other[c][k];
      first += one[c][k] * one[c][k];
      second += other[c][k] * other[c][k];
    }
  }
  return product / (Math.sqrt(first * second) || Infinity);
}
