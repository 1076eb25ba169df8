/** The width of a stereo ring, matched to that of the sound it was made of: in bands, and round its end. */
import { realFft } from './fft.ts';
import { type KernelFloats, KernelWorkspace, partOf } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { cos, square } from './maths.ts';
import { addToRing } from './ring.ts';
import { correlationOf, type StereoCovariance, sideGain, withSide } from './stereo.ts';
import { hann } from './windows.ts';

/** Edges between bands, Hz. */
const EDGES_HZ = [400, 2000, 6000];
/** Frame that is measured, and that the filter is run over, samples. */
const SIZE = 8192;
/** The filter's reach to either side, samples: at 44.1 kHz it crosses an edge within 80 Hz. */
const REACH = 1024;

const own = new KernelWorkspace();
const window = own.floats(SIZE);
const frame = own.floats(SIZE);
const spectra = [own.floats(SIZE + 2), own.floats(SIZE + 2)] as const;
/** One a band. */
const products = own.structs('ProductSums', EDGES_HZ.length + 1);
/** Frequency responses for the middle and the side. */
const loadedResponses = [own.floats(SIZE + 2), own.floats(SIZE + 2)] as const;
/** Blocks of left and right, then of middle and side. */
const sides = [own.floats(SIZE), own.floats(SIZE)] as const;
const middleAndSide = [own.floats(SIZE), own.floats(SIZE)] as const;

/**
 * Multiplies the middle (L + R)/2 and the side (L - R)/2 of a ring, in place, by one gain each a band, so that each band
 * correlates as that of the source and keeps its power. The filters have no phase of their own. A source shorter than a
 * frame is measured several times over.
 * @param ring two channels of one length
 * @param source two channels
 * @param limit largest gain of the side against the middle and 1 over the smallest; the wish is met as far as that allows
 */
export function matchWidth(
  ring: readonly Float32Array[],
  source: readonly Float32Array[],
  sampleRate: number,
  limit: number,
): void {
  const edges = [
    0,
    ...EDGES_HZ.map((hz) => Math.min(SIZE / 2, Math.round((hz * SIZE) / sampleRate))),
    SIZE / 2 + 1,
  ];
  const is = bandCovariances(ring, edges, ring[0].length);
  const wanted = bandCovariances(source, edges, Math.max(1, source[0].length - SIZE));
  const middle = new Float32Array(SIZE / 2 + 1);
  const side = new Float32Array(SIZE / 2 + 1);
  for (const [b, band] of is.entries()) {
    const ratio = sideGain(band, correlationOf(wanted[b]), limit);
    // A band that is all middle or all side correlates alike whatever the gain: its power tells what it may be.
    const { left, right } = withSide(band, ratio);
    const gain = left + right > 0 ? Math.sqrt((band.left + band.right) / (left + right)) : 1;
    middle.fill(gain - 1, edges[b], edges[b + 1]);
    side.fill(gain * ratio - 1, edges[b], edges[b + 1]);
  }
  addFiltered(ring, [shortened(middle), shortened(side)]);
}

/** Covariances of bins [edges[b], edges[b+1]) over frames that begin before `end`, going round the channels' end. */
function bandCovariances(
  channels: readonly Float32Array[],
  edges: readonly number[],
  end: number,
): StereoCovariance[] {
  const fft = realFft(SIZE);
  window.set(hann(SIZE));
  for (const sums of products) Object.assign(sums, { both: 0, one: 0, other: 0 });
  // Views of each band's bins, re and im.
  const parts = products.map((_, b) => spectra.map((spectrum) => partOf(spectrum, 2 * edges[b])));
  for (let start = 0; start < end; start += SIZE / 2) {
    for (const [c, channel] of channels.entries()) {
      for (let n = 0, at = start; n < SIZE; at = 0) {
        const part = channel.subarray(at, at + SIZE - n);
        frame.set(part, n);
        n += part.length;
      }
      kernels.multiplyArrays(frame, window, frame, SIZE);
      fft.forward(frame, spectra[c]);
    }
    for (const [b, [left, right]] of parts.entries()) {
      kernels.addProducts(left, right, 2 * (edges[b + 1] - edges[b]), products[b]);
    }
  }
  return products.map(({ both, one, other }) => ({ left: one, right: other, both }));
}

/**
 * The frequency response whose filter is that of the given one, faded out over its reach; for re and im of each bin,
 * and over the transform's size, which its inverse leaves in.
 */
function shortened(response: Float32Array): Float32Array {
  const fft = realFft(SIZE);
  const spectrum = new Float32Array(SIZE + 2);
  for (let k = 0; k < response.length; k++) spectrum[2 * k] = response[k];
  const taps = fft.inverse(spectrum);
  for (let n = 0; n <= SIZE / 2; n++) {
    const gain = n < REACH ? square(cos((0.5 * Math.PI * n) / REACH)) : 0;
    taps[n] *= gain;
    if (n > 0) taps[SIZE - n] = taps[n];
  }
  fft.forward(taps, spectrum);
  for (let k = 0; k < spectrum.length; k += 2) {
    spectrum[k] /= SIZE;
    spectrum[k + 1] = spectrum[k];
  }
  return spectrum;
}

/** Adds the filtered middle to both channels; the filtered side to the left, and takes it from the right. */
function addFiltered([left, right]: readonly Float32Array[], responses: readonly Float32Array[]): void {
  const { length } = left;
  const changes = responses.map(() => new Float32Array(length));
  for (let c = 0; c < 2; c++) loadedResponses[c].set(responses[c]);
  const ends = middleAndSide.map((part) => partOf(part, SIZE - REACH));
  const block = SIZE - 2 * REACH;
  for (let start = 0; start < length; start += block) {
    const count = Math.min(block, length - start);
    sides[0].set(left.subarray(start, start + count));
    sides[1].set(right.subarray(start, start + count));
    kernels.splitSides(sides[0], sides[1], middleAndSide[0], middleAndSide[1], count);
    const before = (((start - REACH) % length) + length) % length;
    for (let c = 0; c < 2; c++) {
      middleAndSide[c].fill(0, count);
      filter(middleAndSide[c], loadedResponses[c]);
      // What sounds before the block lies at the frame's end.
      addToRing(changes[c], start, middleAndSide[c], SIZE - REACH);
      addToRing(changes[c], before, ends[c], REACH);
    }
  }
  for (let start = 0; start < length; start += SIZE) {
    const parts = [left, right].map((channel) => channel.subarray(start, start + SIZE));
    for (let c = 0; c < 2; c++) {
      sides[c].set(parts[c]);
      middleAndSide[c].set(changes[c].subarray(start, start + SIZE));
    }
    kernels.addSides(sides[0], sides[1], middleAndSide[0], middleAndSide[1], parts[0].length);
    for (let c = 0; c < 2; c++) parts[c].set(sides[c].subarray(0, parts[c].length));
  }
}

/** Runs a frame through a filter without phase, in place, going round its end. */
function filter(samples: KernelFloats, response: KernelFloats): void {
  const fft = realFft(SIZE);
  const [spectrum] = spectra;
  fft.forward(samples, spectrum);
  kernels.multiplyArrays(spectrum, response, spectrum, SIZE + 2);
  fft.inverseUnscaled(spectrum, samples);
}
