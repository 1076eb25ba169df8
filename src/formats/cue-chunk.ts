import { chunk, type Piece } from './wav-chunks.ts';

/** A count, then points of six words each. */
const WORDS_PER_POINT = 6;
/** `data` as a little-endian word: the chunk that points lie in. */
const DATA = 0x61746164;

/**
 * The `cue ` chunk (RIFF MCI "Cue points chunk"), header included. Each point has its frame twice, as position in a play order,
 * which there is none of, and as offset in the sound: some readers take the one and some the other.
 *
 * @param frames where each point lies, rising; where slices are read from them, each lasts to the next, so the first is 0
 */
export function cueChunk(frames: readonly number[]): Piece[] {
  const words = new Uint32Array(1 + WORDS_PER_POINT * frames.length);
  words[0] = frames.length;
  frames.forEach((frame, index) => {
    // id, position, chunk, start of that chunk, start of the block, offset.
    words.set([index + 1, frame, DATA, 0, 0, frame], 1 + WORDS_PER_POINT * index);
  });
  const body = new Uint8Array(4 * words.length);
  const view = new DataView(body.buffer);
  words.forEach((word, index) => {
    view.setUint32(4 * index, word, true);
  });
  return chunk('cue ', [body]);
}
