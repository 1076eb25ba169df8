import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { silence } from '../dsp/sound.ts';
import { dataView } from './bytes.ts';
import { bytesPerFrame, type PcmLayout } from './pcm-layout.ts';

/** Samples by channel, and how many were no usable number and became 0. */
export interface DecodedPcm {
  readonly channels: Float32Array[];
  readonly repaired: number;
}

/**
 * Float samples beyond this (+120 dBFS) are damage, not loudness, and would swamp every sum after them;
 * they are taken for 0 like NaN and infinities.
 */
const LARGEST_SAMPLE = 1e6;

/**
 * Interleaved bytes → planar samples at full scale ±1: an integer of b bits over 2^(b-1), exactly up to 24 bits;
 * 32-bit integers and 64-bit floats are rounded to float32; A-law and µ-law are G.711 as 16-bit integers.
 *
 * @param bytes whole frames; a rest shorter than a frame is left out
 */
export function decodePcm(bytes: Uint8Array, layout: PcmLayout): DecodedPcm {
  const channels = silence(layout.channelCount, Math.floor(bytes.length / bytesPerFrame(layout)));
  return { channels, repaired: decodePcmInto(channels, bytes, layout) };
}

/** The same into arrays that are there: as many as channels, no longer than the frames. @returns how many were repaired */
export function decodePcmInto(
  channels: readonly Float32Array[],
  bytes: Uint8Array,
  layout: PcmLayout,
): number {
  const frameBytes = bytesPerFrame(layout);
  // Empty top bytes come first where the most significant byte does.
  const skipped = layout.littleEndian ? 0 : layout.containerBytes - layout.bytesPerSample;
  let repaired = 0;
  for (const [channel, samples] of channels.entries()) {
    repaired += decodeChannel(bytes, layout, channel * layout.containerBytes + skipped, frameBytes, samples);
  }
  return repaired;
}

/** Fills `samples` from the bytes at `offset`, `offset + stride`, …; returns how many were repaired. */
function decodeChannel(
  bytes: Uint8Array,
  layout: PcmLayout,
  offset: number,
  stride: number,
  samples: Float32Array,
): number {
  if (fitsKernel(layout)) return unpack(bytes, layout, offset, stride, samples);
  switch (layout.encoding) {
    case 'float':
      return decodeFloat(bytes, layout, offset, stride, samples);
    case 'unsigned':
      for (let i = 0, at = offset; i < samples.length; i++, at += stride)
        samples[i] = (bytes[at] - 128) / 128;
      return 0;
    case 'alaw':
      return decodeByTable(bytes, ALAW_TABLE, offset, stride, samples);
    case 'ulaw':
      return decodeByTable(bytes, ULAW_TABLE, offset, stride, samples);
    case 'signed':
      decodeSigned(bytes, layout, offset, stride, samples);
      return 0;
  }
}

/** Frames that are unpacked at a time. */
const FRAMES_PER_BLOCK = 32768;
/** Two frames of the kernels are one vector. */
const LONGEST_FRAME = 8;

const own = new KernelWorkspace();
const masks = own.bytes(32);
const unpacked = own.floats(FRAMES_PER_BLOCK);
/** Frames are taken by four, and 16 bytes behind the last are read. */
const stored = own.bytes((FRAMES_PER_BLOCK + 3) * LONGEST_FRAME + 16);

/** Mono and stereo of whole numbers and short floats: nearly all there is. */
function fitsKernel(layout: PcmLayout): boolean {
  if (bytesPerFrame(layout) > LONGEST_FRAME) return false;
  if (layout.encoding === 'signed') return true;
  return layout.encoding === 'float' && layout.bytesPerSample === 4 && layout.fullScale === 1;
}

/** {@link decodeChannel} by SIMD. */
function unpack(
  bytes: Uint8Array,
  layout: PcmLayout,
  offset: number,
  stride: number,
  samples: Float32Array,
): number {
  const isFloat = layout.encoding === 'float';
  masks.set(gatherMasks(layout, offset, stride));
  let repaired = 0;
  for (let start = 0; start < samples.length; start += FRAMES_PER_BLOCK) {
    const count = Math.min(FRAMES_PER_BLOCK, samples.length - start);
    stored.set(bytes.subarray(start * stride, (start + count) * stride));
    // What fills the last four frames up is no sound, and must not count as damaged.
    stored.fill(0, count * stride, (count + 3) * stride);
    if (isFloat) repaired += kernels.unpackFloats(stored, count, stride, masks, LARGEST_SAMPLE, unpacked);
    else kernels.unpackIntegers(stored, count, stride, masks, unpacked);
    samples.set(unpacked.subarray(0, count), start);
  }
  return repaired;
}

/** Where in two frames each byte of four samples stands, for the first two and for the next; 255 is nowhere. */
function gatherMasks(layout: PcmLayout, offset: number, stride: number): Uint8Array {
  const { bytesPerSample: width, littleEndian } = layout;
  const gathered = new Uint8Array(32).fill(255);
  for (let frame = 0; frame < 4; frame++) {
    for (let byte = 0; byte < width; byte++) {
      // Byte 0 is the least significant one of the sample, whose last stands at the top of its lane.
      const stored = offset + (littleEndian ? byte : width - 1 - byte);
      const lane = 4 * frame + (4 - width) + byte;
      gathered[16 * (frame >> 1) + lane] = (frame % 2) * stride + stored;
    }
  }
  return gathered;
}

/** Every width is shifted to the top of 32 bits, so that one scale serves all. */
function decodeSigned(
  bytes: Uint8Array,
  layout: PcmLayout,
  offset: number,
  stride: number,
  samples: Float32Array,
): void {
  const scale = 2 ** -31;
  const width = layout.bytesPerSample;
  // `most` is where the most significant byte lies in a sample, `step` the way to the next lower one.
  const most = layout.littleEndian ? width - 1 : 0;
  const step = layout.littleEndian ? -1 : 1;
  let at = offset + most;
  if (width === 1) {
    for (let i = 0; i < samples.length; i++, at += stride) samples[i] = (bytes[at] << 24) * scale;
  } else if (width === 2) {
    for (let i = 0; i < samples.length; i++, at += stride) {
      samples[i] = ((bytes[at] << 24) | (bytes[at + step] << 16)) * scale;
    }
  } else if (width === 3) {
    for (let i = 0; i < samples.length; i++, at += stride) {
      samples[i] = ((bytes[at] << 24) | (bytes[at + step] << 16) | (bytes[at + 2 * step] << 8)) * scale;
    }
  } else {
    for (let i = 0; i < samples.length; i++, at += stride) {
      const high = (bytes[at] << 24) | (bytes[at + step] << 16);
      samples[i] = (high | (bytes[at + 2 * step] << 8) | bytes[at + 3 * step]) * scale;
    }
  }
}

function decodeFloat(
  bytes: Uint8Array,
  layout: PcmLayout,
  offset: number,
  stride: number,
  samples: Float32Array,
): number {
  const view = dataView(bytes);
  const little = layout.littleEndian;
  const double = layout.bytesPerSample === 8;
  const scale = 1 / layout.fullScale;
  let repaired = 0;
  for (let i = 0, at = offset; i < samples.length; i++, at += stride) {
    const sample = scale * (double ? view.getFloat64(at, little) : view.getFloat32(at, little));
    // Written so that NaN fails it too.
    const isUsable = sample > -LARGEST_SAMPLE && sample < LARGEST_SAMPLE;
    samples[i] = isUsable ? sample : 0;
    if (!isUsable) repaired++;
  }
  return repaired;
}

function decodeByTable(
  bytes: Uint8Array,
  table: Float32Array,
  offset: number,
  stride: number,
  samples: Float32Array,
): number {
  for (let i = 0, at = offset; i < samples.length; i++, at += stride) samples[i] = table[bytes[at]];
  return 0;
}

/** ITU-T G.711 A-law, expanded to 13 bits and left-justified in 16. */
const ALAW_TABLE = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32768;
});

/** ITU-T G.711 µ-law, expanded to 14 bits and left-justified in 16. */
const ULAW_TABLE = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const bias = 0x84;
  const magnitude = ((((bits & 15) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return (bits & 0x80 ? -magnitude : magnitude) / 32768;
});
