import { chunk, type Piece } from './wav-chunks.ts';

/** How a sound goes with a tempo, for what reads `acid`. */
export interface AcidFacts {
  /** Plays once, and is never stretched. */
  readonly isOneShot: boolean;
  /** MIDI note; null where no pitch is known. */
  readonly root: number | null;
  /** Beats that the whole file lasts, which says its tempo; null where it follows no beat. */
  readonly beats: number | null;
}

const FLAGS = { oneShot: 1, rootIsKnown: 2, stretches: 4 };
/** What programs write where there is no root, and what its flag says is nothing: middle C. */
const NO_ROOT = 60;
/** In every file that is known, whatever it means. */
const UNKNOWN_WORD = 0x8000;
/** Quarters, and as many of them a bar: half of all readers have the two fields the other way round. */
const METER = 4;

/**
 * The `acid` chunk of Sonic Foundry's ACID, header included: 24 bytes that were never published. Their layout is libsndfile's
 * (`wav_read_acid_chunk` in src/wav.c): u32 flags, u16 root, u16 and f32 unknown, u32 beats, u16 and u16 meter, f32 tempo. Tempo
 * is 0 where nothing is stated.
 * @param durationSec of the whole file
 */
export function acidChunk(durationSec: number, { isOneShot, root, beats }: AcidFacts): Piece[] {
  const view = new DataView(new ArrayBuffer(24));
  const flags = [
    isOneShot ? FLAGS.oneShot : 0,
    root === null ? 0 : FLAGS.rootIsKnown,
    beats === null ? 0 : FLAGS.stretches,
  ];
  view.setUint32(0, flags[0] | flags[1] | flags[2], true);
  view.setUint16(4, root ?? NO_ROOT, true);
  view.setUint16(6, UNKNOWN_WORD, true);
  view.setUint32(12, beats ?? 0, true);
  view.setUint16(16, METER, true);
  view.setUint16(18, METER, true);
  view.setFloat32(20, beats === null ? 0 : (60 * beats) / durationSec, true);
  return chunk('acid', [new Uint8Array(view.buffer)]);
}
