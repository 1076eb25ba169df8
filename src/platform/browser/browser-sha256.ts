/**
 * SHA-256 in browsers. Theirs takes whole arrays alone, and only in pages that they trust, as those opened as files; what comes in
 * pieces goes through WebAssembly. A gigabyte takes theirs 1.3 to 1.8 CPU seconds, WebAssembly about four.
 */
import { KernelWorkspace } from '../../dsp/kernel-memory.ts';
import { digestBlocks } from '../../dsp/kernels.ts';
import type { Digest } from '../platform.ts';
import { BLOCK_BYTES, ROUNDS, sha256With } from '../sha256.ts';

/** Blocks that are handed over at once. */
const MOST_BLOCKS = 256;
/** Asking the browser takes as long as hashing so many bytes here. */
const FEW_BYTES = 2 ** 14;

const own = new KernelWorkspace();
const state = own.integers(8);
const words = own.integers(64);
const rounds = own.integers(ROUNDS.length);
rounds.set(ROUNDS);
const room = own.bytes(MOST_BLOCKS * BLOCK_BYTES);

export function kernelSha256(): Digest {
  return sha256With((given, bytes) => {
    state.set(given);
    for (let at = 0; at < bytes.length; at += room.length) {
      const part = bytes.subarray(at, at + room.length);
      room.set(part);
      digestBlocks(room, part.length / BLOCK_BYTES, state, rounds, words);
    }
    given.set(state);
  });
}

/** SHA-256 of bytes, in hex: the browser's own where it has one. */
export async function browserSha256Of(bytes: Uint8Array): Promise<string> {
  if (bytes.length > FEW_BYTES && isSecureContext) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
    return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  const digest = kernelSha256();
  digest.update(bytes);
  return digest.hex();
}
