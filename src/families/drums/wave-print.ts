/** How alike two waves are, wherever one lies against the other within a reach: by spectra that are made once a wave. */
import { fastFftSize, realFft } from '../../dsp/fft.ts';

/** A wave of one or more channels, as its spectra. */
export interface WavePrint {
  /** Frames. */
  readonly length: number;
  /** How far it may be moved against another, frames. */
  readonly reach: number;
  /** One a channel, as `RealFft.forward` fills it; behind the wave lie as many zeros as the reach. */
  readonly spectra: readonly Float32Array[];
  /** Σ x² of all channels. */
  readonly energy: number;
  /** Root of each bin's share of the energy, channel after channel; their squares add up to 1. */
  readonly amplitudes: Float32Array;
  /** Root of the share that lies in bins from that on, of every {@link STRIDE}th. */
  readonly remainders: Float32Array;
}

/** Bins between two looks at whether two waves can still be alike. */
const STRIDE = 128;
/** Single precision: what spectra tell of likeness is true to this, and a hundred times better. */
const ROUNDING = 1e-4;

/** @param channels of one length */
export function wavePrint(channels: readonly Float32Array[], reach: number): WavePrint {
  const length = channels[0].length;
  const fft = realFft(fastFftSize(length + reach));
  const frame = new Float32Array(fft.size);
  let energy = 0;
  const spectra = channels.map((channel) => {
    frame.set(channel);
    for (let n = 0; n < length; n++) energy += channel[n] * channel[n];
    return fft.forward(frame);
  });
  const amplitudes = amplitudesOf(spectra, energy * fft.size);
  return { length, reach, spectra, energy, amplitudes, remainders: remaindersOf(amplitudes) };
}

/** @param whole what all powers add up to */
function amplitudesOf(spectra: readonly Float32Array[], whole: number): Float32Array {
  const bins = spectra[0].length / 2;
  const amplitudes = new Float32Array(spectra.length * bins);
  if (whole === 0) return amplitudes;
  for (const [c, spectrum] of spectra.entries()) {
    for (let bin = 0; bin < bins; bin++) {
      // All but the first and the last stand for their mirror image as well.
      const times = bin === 0 || bin === bins - 1 ? 1 : 2;
      const power = spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1];
      amplitudes[c * bins + bin] = Math.sqrt((times * power) / whole);
    }
  }
  return amplitudes;
}

function remaindersOf(amplitudes: Float32Array): Float32Array {
  const remainders = new Float32Array(Math.ceil(amplitudes.length / STRIDE));
  let sum = 0;
  for (let bin = amplitudes.length - 1; bin >= 0; bin--) {
    sum += amplitudes[bin] * amplitudes[bin];
    if (bin % STRIDE === 0) remainders[bin / STRIDE] = Math.sqrt(sum);
  }
  return remainders;
}

/** The channels that a print was made of, but for rounding. */
export function channelsOf({ spectra, length }: WavePrint): Float32Array[] {
  return spectra.map((spectrum) =>
    realFft(spectrum.length - 2)
      .inverse(spectrum)
      .subarray(0, length),
  );
}

/**
 * Whether two waves of one length and reach can be more alike than `least`. No correlation exceeds Σ |X| |Y| over the bins
 * of their spectra X and Y, which it reaches where all are in phase; and what is still to be added of that never exceeds
 * the product of both remainders (Cauchy and Schwarz).
 */
export function mayBeAlike(one: WavePrint, other: WavePrint, least: number): boolean {
  const bound = least - ROUNDING;
  const [a, b] = [one.amplitudes, other.amplitudes];
  let sum = 0;
  for (let first = 0; first < a.length; first += STRIDE) {
    const stride = first / STRIDE;
    if (sum + one.remainders[stride] * other.remainders[stride] <= bound) return false;
    sum += productsOf(a, b, first, Math.min(a.length, first + STRIDE));
  }
  return sum > bound;
}

/** Σ a · b from one bin up to another: four sums side by side, each of which need not wait for the one before. */
function productsOf(a: Float32Array, b: Float32Array, first: number, end: number): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  let bin = first;
  for (; bin + 4 <= end; bin += 4) {
    one += a[bin] * b[bin];
    two += a[bin + 1] * b[bin + 1];
    three += a[bin + 2] * b[bin + 2];
    four += a[bin + 3] * b[bin + 3];
  }
  for (; bin < end; bin++) one += a[bin] * b[bin];
  return one + two + (three + four);
}

/** Largest normalised cross-correlation of two waves of one length and reach, all channels together. */
export function likeness(one: WavePrint, other: WavePrint): number {
  const scale = Math.sqrt(one.energy * other.energy);
  if (!(scale > 0)) return 0;
  const fft = realFft(one.spectra[0].length - 2);
  const { product, correlation } = roomFor(fft.size);
  product.fill(0);
  for (const [c, first] of one.spectra.entries()) {
    const second = other.spectra[c];
    for (let k = 0; k < product.length; k += 2) {
      product[k] += first[k] * second[k] + first[k + 1] * second[k + 1];
      product[k + 1] += first[k] * second[k + 1] - first[k + 1] * second[k];
    }
  }
  fft.inverseUnscaled(product, correlation);
  let most = 0;
  for (let lag = -one.reach; lag <= one.reach; lag++) {
    most = Math.max(most, correlation[(lag + fft.size) % fft.size]);
  }
  return most / (scale * fft.size);
}

/** What is worked in while two waves are compared. */
interface Room {
  readonly product: Float32Array;
  readonly correlation: Float32Array;
}

/** One a size of transform, which are few. */
const rooms = new Map<number, Room>();

function roomFor(size: number): Room {
  let room = rooms.get(size);
  if (!room) {
    room = { product: new Float32Array(size + 2), correlation: new Float32Array(size) };
    rooms.set(size, room);
  }
  return room;
}
