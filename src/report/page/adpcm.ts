/**
 * IMA ADPCM: four bits a sample, the step of the next following from each (IMA Digital Audio Focus and Technical Working
 * Group, Recommended Practices, 1992). A header of three bytes a channel says where to begin: the predicted sample, 16 bits
 * with the low byte first, and the place in the table of steps. Then come the channels one after the other, two samples a byte,
 * the earlier in the lower half.
 */

/** The step grows by a tenth from each to the next. */
export const STEP_SIZES = [
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80],
  ...[88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598],
  ...[658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327],
  ...[3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289],
  ...[16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767],
];
/** By how many places a code moves the step. */
export const STEP_MOVES = [-1, -1, -1, -1, 2, 4, 6, 8];
export const HEADER_BYTES = 3;

/** Where decoder and encoder stand. */
interface AdpcmState {
  /** Whole, -32,768 to 32,767. */
  predicted: number;
  /** Place in {@link STEP_SIZES}. */
  step: number;
}

/** Moves the state on by one code, 0 to 15. */
function advance(state: AdpcmState, code: number): void {
  const size = STEP_SIZES[state.step];
  let change = size >> 3;
  if (code & 4) change += size;
  if (code & 2) change += size >> 1;
  if (code & 1) change += size >> 2;
  const next = state.predicted + (code & 8 ? -change : change);
  state.predicted = Math.max(-32_768, Math.min(32_767, next));
  state.step = Math.max(0, Math.min(STEP_SIZES.length - 1, state.step + STEP_MOVES[code & 7]));
}

/** Bytes that a channel takes without its header. */
export function codedBytes(frameCount: number): number {
  return Math.ceil(frameCount / 2);
}

/** The channels of a preview, full scale ±1. */
export function decodeAdpcm(bytes: Uint8Array, frameCount: number, channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, (_, index) => {
    const header = index * HEADER_BYTES;
    const codes = channelCount * HEADER_BYTES + index * codedBytes(frameCount);
    const low = bytes[header] | (bytes[header + 1] << 8);
    const state: AdpcmState = { predicted: (low << 16) >> 16, step: bytes[header + 2] };
    const samples = new Float32Array(frameCount);
    for (let n = 0; n < frameCount; n++) {
      advance(state, (bytes[codes + (n >> 1)] >> (4 * (n & 1))) & 15);
      samples[n] = state.predicted / 32_768;
    }
    return samples;
  });
}
