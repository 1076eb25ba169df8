/** What AIFF files are made of: Audio Interchange File Format 1.3 (Apple 1989), and AIFF-C (Apple, draft of 1991). */
import { log2, pow } from '../dsp/maths.ts';

/** A chunk: its id of four letters, and its body. */
export type AiffChunk = readonly [id: string, body: Uint8Array];

export interface AiffFacts {
  readonly channelCount: number;
  readonly frames: number;
  readonly bitDepth: number;
  /** Hz, a whole number. */
  readonly sampleRate: number;
}

/** Bytes in `SSND` before the sound: two numbers for tape-like blocks, which nobody uses. */
const SOUND_OFFSET_BYTES = 8;
const COMMON_BYTES = 18;

/** A file of chunks in their order; an odd one is followed by a zero that its length does not count. */
export function writeAiff(type: 'AIFF' | 'AIFC', chunks: readonly AiffChunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, [, body]) => sum + 8 + body.length + (body.length % 2), 12);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) => new TextEncoder().encodeInto(text, bytes.subarray(at));
  tag(0, 'FORM');
  view.setUint32(4, length - 8);
  tag(8, type);
  let at = 12;
  for (const [id, body] of chunks) {
    tag(at, id);
    view.setUint32(at + 4, body.length);
    bytes.set(body, at + 8);
    at += 8 + body.length + (body.length % 2);
  }
  return bytes;
}

/** `COMM`. @param compression of an AIFF-C: its four letters, and their meaning in an odd number of letters */
export function commonChunk(facts: AiffFacts, compression?: readonly [string, string]): AiffChunk {
  const [letters, meaning] = compression ?? ['', ''];
  const body = new Uint8Array(COMMON_BYTES + (compression ? letters.length + 1 + meaning.length : 0));
  const view = new DataView(body.buffer);
  view.setUint16(0, facts.channelCount);
  view.setUint32(2, facts.frames);
  view.setUint16(6, facts.bitDepth);
  writeExtended(view, 8, facts.sampleRate);
  if (compression) {
    new TextEncoder().encodeInto(letters, body.subarray(COMMON_BYTES));
    body[COMMON_BYTES + 4] = meaning.length;
    new TextEncoder().encodeInto(meaning, body.subarray(COMMON_BYTES + 5));
  }
  return ['COMM', body];
}

/** `SSND`, its sound yet to be written. @returns the chunk, and the view of the sound in it */
export function soundChunk(dataBytes: number): { readonly chunk: AiffChunk; readonly data: DataView } {
  const body = new Uint8Array(SOUND_OFFSET_BYTES + dataBytes);
  return { chunk: ['SSND', body], data: new DataView(body.buffer, SOUND_OFFSET_BYTES) };
}

/** A whole number as the 80-bit extended float of the COMM chunk: 15-bit exponent, explicit leading one. */
function writeExtended(view: DataView, at: number, value: number): void {
  const exponent = Math.floor(log2(value));
  view.setUint16(at, 16383 + exponent);
  view.setUint32(at + 2, Math.round(value * pow(2, 31 - exponent)));
  view.setUint32(at + 6, 0);
}
