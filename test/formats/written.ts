/** WAV and AIFF files written byte by byte, with headers as odd as a test wants them. */

export interface WavParts {
  readonly kind?: 'RIFF' | 'RF64';
  readonly tag?: number;
  readonly channelCount?: number;
  readonly bits?: number;
  /** Bytes of a frame. */
  readonly blockAlign?: number;
  /** Behind the 16 bytes of PCMWAVEFORMAT. */
  readonly extra?: readonly number[];
  /** Chunks in front of `fmt `. */
  readonly front?: Uint8Array;
  readonly data: Uint8Array;
  /** What the data chunk states; as long as it is unless said. */
  readonly dataSize?: number;
  /** Behind the data. */
  readonly behind?: Uint8Array;
}

export function writtenWav(parts: WavParts): Uint8Array {
  const { kind = 'RIFF', tag = 1, channelCount = 2, bits = 16, extra = [], data } = parts;
  const blockAlign = parts.blockAlign ?? (channelCount * bits) / 8;
  const format = new Uint8Array(16 + extra.length);
  const view = new DataView(format.buffer);
  view.setUint16(0, tag, true);
  view.setUint16(2, channelCount, true);
  view.setUint32(4, 44_100, true);
  view.setUint32(8, 44_100 * blockAlign, true);
  view.setUint16(12, blockAlign, true);
  view.setUint16(14, bits, true);
  format.set(extra, 16);
  const body = joined([
    text('WAVE'),
    parts.front ?? new Uint8Array(),
    riffChunk('fmt ', format),
    riffChunk('data', data, parts.dataSize),
    parts.behind ?? new Uint8Array(),
  ]);
  return riffChunk(kind, body);
}

export function riffChunk(id: string, body: Uint8Array, size = body.length): Uint8Array {
  const head = new Uint8Array(8);
  head.set(text(id));
  new DataView(head.buffer).setUint32(4, size, true);
  return joined([head, body]);
}

/** A ds64 chunk (EBU Tech 3306): sizes of the file and of its data, frames, an empty table. */
export function ds64(dataSize: bigint): Uint8Array {
  const body = new Uint8Array(28);
  new DataView(body.buffer).setBigUint64(8, dataSize, true);
  return riffChunk('ds64', body);
}

/** A mono AIFF of 16 bits at 44.1 kHz. @param ssndSize as the chunk states it, its eight leading bytes included */
export function writtenAiff(
  frames: number,
  ssndSize: number,
  data: Uint8Array,
  behind: Uint8Array = new Uint8Array(),
): Uint8Array {
  const common = new Uint8Array(26);
  common.set(text('COMM'));
  const view = new DataView(common.buffer);
  view.setUint32(4, 18);
  view.setUint16(8, 1);
  view.setUint32(10, frames);
  view.setUint16(14, 16);
  // 44100 as an 80-bit float.
  common.set([0x40, 0x0e, 0xac, 0x44], 16);
  const sound = new Uint8Array(16);
  sound.set(text('SSND'));
  new DataView(sound.buffer).setUint32(4, ssndSize);
  const body = joined([text('AIFF'), common, sound, data, behind]);
  const head = new Uint8Array(8);
  head.set(text('FORM'));
  new DataView(head.buffer).setUint32(4, body.length);
  return joined([head, body]);
}

export function text(words: string): Uint8Array {
  return new Uint8Array(Buffer.from(words, 'latin1'));
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
