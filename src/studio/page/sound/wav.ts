/**
 * WAV files read at their own rate. `decodeAudioData` would bring them to the output's rate, and a loop would no longer be as
 * long as it was made, to the sample.
 */

/** A sound as it lies in its file. */
export interface PageSound {
  /** Hz. */
  readonly sampleRate: number;
  /** All of one length, full scale ±1. */
  readonly channels: readonly Float32Array<ArrayBuffer>[];
}

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

interface Shape {
  readonly kind: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  /** Of one sample of one channel. */
  readonly bytes: number;
}

/**
 * Reads what the engine writes: whole numbers of 16, 24 or 32 bits, or floats of 32.
 * @throws Error with a sentence for people where the bytes are no such file
 */
export function decodeWav(file: ArrayBuffer): PageSound {
  const view = new DataView(file);
  if (file.byteLength < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') {
    throw new Error('This file is no WAV.');
  }
  let shape: Shape | null = null;
  for (let at = 12; at + 8 <= file.byteLength; ) {
    const name = tag(view, at);
    const size = view.getUint32(at + 4, true);
    if (name === 'fmt ') shape = shapeAt(view, at + 8);
    if (name === 'data' && shape) {
      const bytes = new Uint8Array(file, at + 8, Math.min(size, file.byteLength - at - 8));
      return { sampleRate: shape.sampleRate, channels: readChannels(bytes, shape) };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error('This WAV holds no sound.');
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

function shapeAt(view: DataView, at: number): Shape {
  const named = view.getUint16(at, true);
  return {
    kind: named === EXTENSIBLE ? view.getUint16(at + 24, true) : named,
    channelCount: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bytes: view.getUint16(at + 14, true) / 8,
  };
}

function readChannels(bytes: Uint8Array<ArrayBuffer>, shape: Shape): Float32Array<ArrayBuffer>[] {
  const read = reader(bytes, shape);
  const step = shape.channelCount * shape.bytes;
  const frameCount = Math.floor(bytes.length / step);
  return Array.from({ length: shape.channelCount }, (_, channel) => {
    const samples = new Float32Array(frameCount);
    let at = channel * shape.bytes;
    for (let n = 0; n < frameCount; n++, at += step) samples[n] = read(at);
    return samples;
  });
}

/** Reads the sample that begins at a byte. */
function reader(bytes: Uint8Array<ArrayBuffer>, { kind, bytes: size }: Shape): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === FLOAT && size === 4) return (at) => view.getFloat32(at, true);
  if (kind === PCM && size === 2) return (at) => view.getInt16(at, true) / 0x8000;
  if (kind === PCM && size === 4) return (at) => view.getInt32(at, true) / 0x8000_0000;
  if (kind === PCM && size === 3) {
    return (at) => ((bytes[at] << 8) | (bytes[at + 1] << 16) | (bytes[at + 2] << 24)) / 0x8000_0000;
  }
  throw new Error(`This WAV holds samples of ${8 * size} bits in a form that the studio does not play.`);
}
