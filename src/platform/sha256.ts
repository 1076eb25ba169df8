import type { Digest } from './platform.ts';

/**
 * Takes in whole blocks of 64 bytes.
 * @param state 8 words, which go along
 */
export type DigestBlocks = (state: Int32Array, bytes: Uint8Array) => void;

/** SHA-256 in plain code (FIPS 180-4): for keys and names, and for platforms that have none of their own. */
export function sha256(): Digest {
  return sha256With(plainBlocks);
}

/** The same by another way of taking in blocks, a quicker one. */
export function sha256With(takeIn: DigestBlocks): Digest {
  const state = Int32Array.from(START);
  const block = new Uint8Array(BLOCK_BYTES);
  let length = 0;
  let filled = 0;
  const add = (bytes: Uint8Array): void => {
    let taken = 0;
    if (filled > 0) {
      taken = Math.min(BLOCK_BYTES - filled, bytes.length);
      block.set(bytes.subarray(0, taken), filled);
      filled += taken;
      if (filled < BLOCK_BYTES) return;
      takeIn(state, block);
    }
    const whole = bytes.length - ((bytes.length - taken) % BLOCK_BYTES);
    takeIn(state, bytes.subarray(taken, whole));
    block.set(bytes.subarray(whole));
    filled = bytes.length - whole;
  };
  return {
    update(bytes) {
      length += bytes.length;
      add(bytes);
    },
    hex() {
      const end = new Uint8Array((filled < LENGTH_AT ? 1 : 2) * BLOCK_BYTES - filled);
      end[0] = 0x80;
      // Bits, as a whole number of 64 bits; its upper half is that of bytes shifted down by 29.
      const bits = new DataView(end.buffer);
      bits.setUint32(end.length - 8, Math.floor(length / 0x20000000));
      bits.setUint32(end.length - 4, (length << 3) >>> 0);
      add(end);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
}

/** SHA-256 of a text in UTF-8, or of bytes, in hex. Some 100 MB a second; for whole files, ask the platform. */
export function sha256Of(data: string | Uint8Array): string {
  const digest = sha256();
  digest.update(typeof data === 'string' ? encoder.encode(data) : data);
  return digest.hex();
}

const encoder = new TextEncoder();

export const BLOCK_BYTES = 64;
/** Where the message's length stands in the last block. */
const LENGTH_AT = BLOCK_BYTES - 8;

/** The first 32 bits of the fractional parts of the square roots of the first 8 primes. */
const START = Int32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
);
/** Of the cube roots of the first 64. */
export const ROUNDS = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);

function plainBlocks(state: Int32Array, bytes: Uint8Array): void {
  const words = new Int32Array(64);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) compress(state, view, at, words);
}

function compress(state: Int32Array, bytes: DataView, at: number, w: Int32Array): void {
  for (let i = 0; i < 16; i++) w[i] = bytes.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}
