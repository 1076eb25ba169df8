/**
 * The next integers of a generator of chance; see src/dsp/random.ts.
 *
 * @param state address of its 4 u32 a, b, c and counter; left as they are after the last draw
 * @param drawn address of `count` u32
 */
export function drawIntegers(state: usize, drawn: usize, count: i32): void {
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let counter = load<u32>(state, 12);
  for (const end = drawn + ((<usize>count) << 2); drawn < end; drawn += 4) {
    const sum = a + b + counter;
    counter++;
    a = b ^ (b >>> 9);
    b = c + (c << 3);
    c = rotl<u32>(c, 21) + sum;
    store<u32>(drawn, sum);
  }
  store<u32>(state, a);
  store<u32>(state, b, 4);
  store<u32>(state, c, 8);
  store<u32>(state, counter, 12);
}
