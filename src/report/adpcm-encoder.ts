import { BLOCK, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { codedBytes, HEADER_BYTES, STEP_MOVES, STEP_SIZES } from './page/adpcm.ts';

const own = new KernelWorkspace();
const block = own.floats(BLOCK);
const codes = own.bytes(BLOCK / 2);
const state = own.struct('AdpcmState');
const sizes = own.integers(STEP_SIZES.length);
const moves = own.integers(STEP_MOVES.length);
sizes.set(STEP_SIZES);
moves.set(STEP_MOVES);

/** Bytes of channels of so many samples. */
export function adpcmBytes(frameCount: number, channelCount: number): number {
  return channelCount * (HEADER_BYTES + codedBytes(frameCount));
}

/**
 * Four bits a sample; `page/adpcm.ts` says how they lie.
 * @param channels full scale ±1, clipped there
 */
export function encodeAdpcm(channels: readonly Float32Array[]): Uint8Array {
  const size = codedBytes(channels[0].length);
  const codesAt = channels.length * HEADER_BYTES;
  const bytes = new Uint8Array(adpcmBytes(channels[0].length, channels.length));
  for (const [index, channel] of channels.entries()) {
    const first = Math.round(32_768 * channel[0]);
    state.predicted = Math.max(-32_768, Math.min(32_767, first));
    state.step = firstStep(channel);
    bytes.set([state.predicted & 0xff, (state.predicted >> 8) & 0xff, state.step], index * HEADER_BYTES);
    encodeChannel(channel, bytes.subarray(codesAt + index * size, codesAt + (index + 1) * size));
  }
  return bytes;
}

/** Fills the codes; the state goes along with the decoder's. */
function encodeChannel(channel: Float32Array, to: Uint8Array): void {
  for (let start = 0; start < channel.length; start += BLOCK) {
    const part = channel.subarray(start, start + BLOCK);
    block.set(part);
    kernels.encodeSteps(block, part.length, sizes, STEP_SIZES.length, moves, state, codes);
    to.set(codes.subarray(0, codedBytes(part.length)), start / 2);
  }
}

/** A first step as wide as the first samples lie apart, so that the beginning of a loop is as near as its end. */
function firstStep(channel: Float32Array): number {
  let widest = 0;
  for (let n = 1; n < Math.min(16, channel.length); n++) {
    widest = Math.max(widest, Math.abs(channel[n] - channel[n - 1]));
  }
  const place = STEP_SIZES.findIndex((size) => size >= 16_384 * widest);
  return place < 0 ? STEP_SIZES.length - 1 : place;
}
