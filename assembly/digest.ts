import { Bytes, Integers } from './types';

/**
 * SHA-256 of whole blocks of 64 bytes (FIPS 180-4, 6.2.2).
 *
 * @param state 8 words, which go along
 * @param rounds the 64 constants
 * @param words room for 64
 */
export function digestBlocks(
  bytes: Bytes,
  blocks: i32,
  state: Integers,
  rounds: Integers,
  words: Integers,
): void {
  for (; blocks > 0; blocks--, bytes += 64) {
    for (let i: usize = 0; i < 64; i += 4) store<u32>(words + i, bswap<u32>(load<u32>(bytes + i)));
    for (let i: usize = 64; i < 256; i += 4) {
      const x = load<u32>(words + i - 60);
      const y = load<u32>(words + i - 8);
      const s0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >> 3);
      const s1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >> 10);
      store<u32>(words + i, load<u32>(words + i - 64) + s0 + load<u32>(words + i - 28) + s1);
    }
    compress(state, rounds, words);
  }
}

function compress(state: Integers, rounds: Integers, words: Integers): void {
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  for (let i: usize = 0; i < 256; i += 4) {
    const s1 = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
    const one = h + s1 + ((e & f) ^ (~e & g)) + load<u32>(rounds + i) + load<u32>(words + i);
    const s0 = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
    const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + one;
    d = c;
    c = b;
    b = a;
    a = one + two;
  }
  store<u32>(state, load<u32>(state) + a);
  store<u32>(state, load<u32>(state, 4) + b, 4);
  store<u32>(state, load<u32>(state, 8) + c, 8);
  store<u32>(state, load<u32>(state, 12) + d, 12);
  store<u32>(state, load<u32>(state, 16) + e, 16);
  store<u32>(state, load<u32>(state, 20) + f, 20);
  store<u32>(state, load<u32>(state, 24) + g, 24);
  store<u32>(state, load<u32>(state, 28) + h, 28);
}
