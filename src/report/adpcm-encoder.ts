import { type AdpcmState, advance, codedBytes, HEADER_BYTES, STEP_SIZES } from './page/adpcm.ts';

/**
 * Four bits a sample; `page/adpcm.ts` says how they lie.
 * @param channels full scale ±1, clipped there
 */
export function encodeAdpcm(channels: readonly Float32Array[]): Uint8Array {
  const size = codedBytes(channels[0].length);
  const codesAt = channels.length * HEADER_BYTES;
  const bytes = new Uint8Array(codesAt + channels.length * size);
  for (const [index, channel] of channels.entries()) {
    const codes = bytes.subarray(codesAt + index * size, codesAt + (index + 1) * size);
    const first = Math.round(32_768 * channel[0]);
    const state: AdpcmState = {
      predicted: Math.max(-32_768, Math.min(32_767, first)),
      step: firstStep(channel),
    };
    bytes.set([state.predicted & 0xff, (state.predicted >> 8) & 0xff, state.step], index * HEADER_BYTES);
    encodeChannel(channel, state, codes);
  }
  return bytes;
}

/** Fills the codes; the state goes along with the decoder's. */
function encodeChannel(channel: Float32Array, state: AdpcmState, codes: Uint8Array): void {
  for (let n = 0; n < channel.length; n++) {
    const code = nearestCode(Math.round(32_768 * channel[n]) - state.predicted, STEP_SIZES[state.step]);
    codes[n >> 1] |= code << (4 * (n & 1));
    advance(state, code);
  }
}

/** The code whose change, as the decoder will have it, comes nearest. */
function nearestCode(change: number, size: number): number {
  const parts = Math.min(7, Math.floor((4 * Math.abs(change)) / size));
  return change < 0 ? 8 | parts : parts;
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
