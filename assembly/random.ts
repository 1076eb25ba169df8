import { Integers } from './types';

/** A generator of chance; see src/dsp/random.ts. */
@unmanaged
class RandomState {
  a: i32;
  b: i32;
  c: i32;
  counter: i32;
}

/**
 * The next integers of a generator.
 *
 * @param state left as it is after the last draw
 * @param drawn filled with `count` u32
 */
export function drawIntegers(state: RandomState, drawn: Integers, count: i32): void {
  let a = <u32>state.a;
  let b = <u32>state.b;
  let c = <u32>state.c;
  let counter = <u32>state.counter;
  for (const end = drawn + ((<usize>count) << 2); drawn < end; drawn += 4) {
    const sum = a + b + counter;
    counter++;
    a = b ^ (b >>> 9);
    b = c + (c << 3);
    c = rotl<u32>(c, 21) + sum;
    store<u32>(drawn, sum);
  }
  state.a = <i32>a;
  state.b = <i32>b;
  state.c = <i32>c;
  state.counter = <i32>counter;
}
