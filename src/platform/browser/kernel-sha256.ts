/** SHA-256 in WebAssembly, for browsers: theirs takes whole files alone. Plain code took a tenth of a worker's time. */
import { KernelWorkspace } from '../../dsp/kernel-memory.ts';
import { digestBlocks } from '../../dsp/kernels.ts';
import type { Digest } from '../platform.ts';
import { BLOCK_BYTES, ROUNDS, sha256With } from '../sha256.ts';

/** Blocks that are handed over at once. */
const MOST_BLOCKS = 256;

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
