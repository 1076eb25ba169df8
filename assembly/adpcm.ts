import { Bytes, Floats, Integers } from './types';

/** Where encoder and decoder stand; see src/report/page/adpcm.ts. */
@unmanaged
class AdpcmState {
  /** The sample that the decoder would give, whole, -32,768 to 32,767. */
  predicted: i32;
  /** Place in the table of steps. */
  step: i32;
}

/** Far over full scale: what is louder still is coded no otherwise. */
const LOUDEST: f64 = 1048576;

/**
 * Four bits a sample, the earlier of two in the lower half of their byte.
 *
 * @param samples full scale ±1; what is louder is as loud as the steps allow
 * @param count even, but for the last samples of a channel
 * @param sizes the table of steps, @param steps how many there are
 * @param moves by how many places each code of 0 to 7 moves the step
 * @param state goes along with the decoder's
 * @param codes (count + 1) / 2, filled
 */
export function encodeSteps(
  samples: Floats,
  count: i32,
  sizes: Integers,
  steps: i32,
  moves: Integers,
  state: AdpcmState,
  codes: Bytes,
): void {
  let predicted = state.predicted;
  let step = state.step;
  for (let n = 0; n < count; n++, samples += 4) {
    const size = load<i32>(sizes + ((<usize>step) << 2));
    const sample = f64.max(-LOUDEST, f64.min(LOUDEST, 32768.0 * <f64>load<f32>(samples)));
    const change = <i32>f64.floor(sample + 0.5) - predicted;
    // The code is ⌊4·|change|/size⌋, at most 7: its bits one by one, which is quicker than dividing.
    let rest = abs(change);
    let code = 0;
    let moved = size >> 3;
    if (rest >= size) {
      code = 4;
      rest -= size;
      moved += size;
    }
    if (2 * rest >= size) {
      code |= 2;
      rest = 2 * rest - size;
      moved += size >> 1;
    } else rest = 2 * rest;
    if (2 * rest >= size) {
      code |= 1;
      moved += size >> 2;
    }
    predicted += change < 0 ? -moved : moved;
    predicted = max(-32768, min(32767, predicted));
    step = max(0, min(steps - 1, step + load<i32>(moves + ((<usize>code) << 2))));
    if (change < 0) code |= 8;
    if (n & 1) {
      store<u8>(codes, load<u8>(codes) | (code << 4));
      codes++;
    } else store<u8>(codes, code);
  }
  state.predicted = predicted;
  state.step = step;
}
