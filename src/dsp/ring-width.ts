/** The width of a stereo ring, matched to that of the sound it was made of: in bands, and round its end. */
import { realFft } from './fft.ts';
import { FREE, kernels, memory } from './kernels.ts';
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

/** What lies where in the kernels' memory: in doubles, then in floats, with room for what kernels take at a time. */
const SUMS = FREE >> 3;
const WINDOW = (FREE >> 2) + 32;
const FRAME = WINDOW + SIZE;
const SPECTRA = [FRAME + SIZE, FRAME + 2 * SIZE + 4];
const RESPONSES = [SPECTRA[1] + SIZE + 4, SPECTRA[1] + 2 * SIZE + 8];
/** Blocks of left and right, or the stretch of ring that a frame is added to; then middle and side. */
const SIDES = [0, 1, 2, 3].map((index) => RESPONSES[1] + (index + 1) * (SIZE + 4));

/**
 * Multiplies the middle (L + R)/2 and the side (L - R)/2 of a ring, in place, by one gain each a band, so that each band
 * correlates as that of the source and keeps its power. The filters have no phase of their own. A source shorter than a
 * frame is heard several times over.
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
  const { floats, doubles } = memory;
  floats.set(hann(SIZE), WINDOW);
  const frame = floats.subarray(FRAME, FRAME + SIZE);
  const spectra = SPECTRA.map((at) => floats.subarray(at, at + SIZE + 2));
  const bandCount = edges.length - 1;
  doubles.fill(0, SUMS, SUMS + 3 * bandCount);
  for (let start = 0; start < end; start += SIZE / 2) {
    for (const [c, channel] of channels.entries()) {
      for (let n = 0, at = start; n < SIZE; at = 0) {
        const part = channel.subarray(at, at + SIZE - n);
        frame.set(part, n);
        n += part.length;
      }
      kernels.multiplyArrays(4 * FRAME, 4 * WINDOW, 4 * FRAME, SIZE);
      fft.forward(frame, spectra[c]);
    }
    for (let b = 0; b < bandCount; b++) {
      const [left, right] = SPECTRA.map((at) => 4 * (at + 2 * edges[b]));
      kernels.addProducts(left, right, 2 * (edges[b + 1] - edges[b]), 8 * (SUMS + 3 * b));
    }
  }
  return Array.from({ length: bandCount }, (_, b) => {
    const [both, left, right] = doubles.subarray(SUMS + 3 * b, SUMS + 3 * b + 3);
    return { left, right, both };
  });
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
  const { floats } = memory;
  const [leftAt, rightAt, ...framesAt] = SIDES.map((place) => 4 * place);
  const changes = responses.map(() => new Float32Array(length));
  for (let c = 0; c < 2; c++) floats.set(responses[c], RESPONSES[c]);
  const block = SIZE - 2 * REACH;
  for (let start = 0; start < length; start += block) {
    const count = Math.min(block, length - start);
    floats.set(left.subarray(start, start + count), leftAt >> 2);
    floats.set(right.subarray(start, start + count), rightAt >> 2);
    kernels.splitSides(leftAt, rightAt, framesAt[0], framesAt[1], count);
    const before = (((start - REACH) % length) + length) % length;
    for (let c = 0; c < 2; c++) {
      floats.fill(0, (framesAt[c] >> 2) + count, (framesAt[c] >> 2) + SIZE);
      filter(framesAt[c], 4 * RESPONSES[c]);
      // What is heard before the block lies at the frame's end.
      addToRing(changes[c], start, framesAt[c], SIZE - REACH, leftAt);
      addToRing(changes[c], before, framesAt[c] + 4 * (SIZE - REACH), REACH, leftAt);
    }
  }
  for (let start = 0; start < length; start += SIZE) {
    const parts = [left, right, ...changes].map((channel) => channel.subarray(start, start + SIZE));
    for (const [c, part] of parts.entries()) floats.set(part, SIDES[c]);
    kernels.addSides(leftAt, rightAt, framesAt[0], framesAt[1], parts[0].length);
    for (let c = 0; c < 2; c++) parts[c].set(floats.subarray(SIDES[c], SIDES[c] + parts[c].length));
  }
}

/** Runs a frame in the kernels' memory through a filter without phase, in place, going round its end. */
function filter(frameAt: number, responseAt: number): void {
  const fft = realFft(SIZE);
  const frame = memory.floats.subarray(frameAt >> 2, (frameAt >> 2) + SIZE);
  const spectrum = memory.floats.subarray(SPECTRA[0], SPECTRA[0] + SIZE + 2);
  fft.forward(frame, spectrum);
  kernels.multiplyArrays(4 * SPECTRA[0], responseAt, 4 * SPECTRA[0], SIZE + 2);
  fft.inverseUnscaled(spectrum, frame);
}
