/** What a sampler wants to know of a sound. */
export interface SamplerFacts {
  /** The whole file loops, first frame to last, or its first {@link loopFrames}. */
  readonly loop: boolean;
  /** How many frames the loop lasts, where more of the sound stands behind it. */
  readonly loopFrames?: number | undefined;
  /** MIDI note number and deviation in cents; null where no pitch is known. */
  readonly root: { readonly note: number; readonly cents: number } | null;
}

/** What the file says of itself. */
export interface InfoFacts {
  readonly name: string;
  readonly software: string;
  /** Where the sound was taken from. */
  readonly source: string;
}

/** The note a sampler plays a sound at unpitched when nothing is known: middle C. */
const MIDDLE_C = 60;

/**
 * How far below a note a root still counts as that note, in semitones. The pitch fraction is unsigned, so a root 0.6 cents flat
 * can only be the note below and 0.994 of a semitone. Samplers that read the note alone then play it a semitone off
 * (surge-synthesizer/shortcircuit-xt#2167), and those that take the fraction for a tuning to be applied nearly two; a cent nobody hears.
 */
const NEARLY_THE_NOTE = 0.01;

/**
 * The `smpl` chunk (RIFF MCI "Sampler chunk"), header included: period in nanoseconds, unity note, pitch fraction
 * as 2^-32 of a semitone above it, and for a loop one forward loop from the first frame. Its end is inclusive.
 */
export function samplerChunk(sampleRate: number, frames: number, facts: SamplerFacts): Piece[] {
  const loops = facts.loop ? 1 : 0;
  const { note, fraction } = unityNote(facts.root);
  // manufacturer, product, period, unity note, fraction, SMPTE format, SMPTE offset, loops, sampler data;
  // then for each loop: id, type, start, end, fraction, play count (0 = for ever).
  const words = [0, 0, Math.round(1e9 / sampleRate), note, fraction, 0, 0, loops, 0];
  if (facts.loop) words.push(0, 0, 0, (facts.loopFrames ?? frames) - 1, 0, 0);
  const body = new Uint8Array(words.length * 4);
  const view = new DataView(body.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  return chunk('smpl', [body]);
}

function unityNote(root: SamplerFacts['root']): { note: number; fraction: number } {
  if (root === null) return { note: MIDDLE_C, fraction: 0 };
  const pitch = Math.min(127, Math.max(0, root.note + root.cents / 100));
  const note = Math.floor(pitch + NEARLY_THE_NOTE);
  const above = Math.max(0, pitch - note);
  return { note, fraction: Math.min(0xffffffff, Math.round(above * 2 ** 32)) };
}

/** The `LIST` chunk of type `INFO`: INAM, ISFT, ISRC, each a UTF-8 string with its closing zero; empty ones left out. */
export function infoChunk(facts: InfoFacts): Piece[] {
  const entries: [string, string][] = [
    ['INAM', facts.name],
    ['ISFT', facts.software],
    ['ISRC', facts.source],
  ];
  const encoder = new TextEncoder();
  const strings = entries
    .filter(([, text]) => text !== '')
    .flatMap(([id, text]) => chunk(id, [encoder.encode(`${text.replaceAll('\0', '')}\0`)]));
  return chunk('LIST', [encoder.encode('INFO'), ...strings]);
}

/** A part of a file: bytes, or how many there will be and what writes them where they belong. */
export type Piece = Uint8Array | { readonly length: number; write(bytes: Uint8Array): void };

/**
 * A chunk as the pieces that {@link concatenate} makes one of, so that chunks lie in chunks and sound is written once:
 * id and little-endian length, the body, and a zero where the body is odd (not counted in the length).
 */
export function chunk(id: string, body: readonly Piece[]): Piece[] {
  const length = body.reduce((sum, { length }) => sum + length, 0);
  const header = new Uint8Array(8);
  header.set(new TextEncoder().encode(id));
  new DataView(header.buffer).setUint32(4, length, true);
  return [header, ...body, new Uint8Array(length % 2)];
}

/** All pieces in one array. @param take gives it, of that length; every byte is written */
export function concatenate(
  pieces: readonly Piece[],
  take: (length: number) => Uint8Array<ArrayBuffer> = (length) => new Uint8Array(length),
): Uint8Array<ArrayBuffer> {
  const whole = take(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) whole.set(piece, offset);
    else piece.write(whole.subarray(offset, offset + piece.length));
    offset += piece.length;
  }
  return whole;
}
