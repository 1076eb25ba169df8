import { MalformedFileError } from '../errors.ts';
import { type ByteReader, pieces } from './bytes.ts';
import { runCodec } from './sound-stream.ts';

/** What the Ogg packages share. */
interface OggPackage {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Promise<OggOutput> | OggOutput;
  flush(): Promise<OggOutput>;
  free(): void;
}

interface OggOutput {
  readonly channelData: Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly unknown[];
}

/** The first packet of an Ogg file, which describes the codec: behind a page header and its segment table (RFC 3533 §6). */
export async function firstOggPacket(reader: ByteReader): Promise<Uint8Array> {
  const head = await reader.read(0, 27 + 255 + 64);
  return head.subarray(27 + (head[26] ?? 0));
}

/**
 * Decodes an Ogg file with one of the packages, piece by piece. Once the codec gives up, what was decoded until
 * then is the sound.
 *
 * @throws MalformedFileError when nothing at all could be decoded
 */
export async function* decodeOgg(
  reader: ByteReader,
  codec: OggPackage,
  sampleRate: number,
  channelCount: number,
  warnings: string[],
): AsyncGenerator<Float32Array[]> {
  await codec.ready;
  let frames = 0;
  let damaged = false;
  for await (const step of steps(reader, codec)) {
    const decoded = await runCodec(step);
    if (decoded === null || (decoded.samplesDecoded > 0 && !fits(decoded, sampleRate, channelCount))) {
      damaged = true;
      break;
    }
    if (decoded.errors.length > 0) damaged = true;
    if (decoded.samplesDecoded <= 0) continue;
    frames += decoded.samplesDecoded;
    yield decoded.channelData;
  }
  await runCodec(() => codec.free());
  if (frames === 0) {
    throw new MalformedFileError(
      `“${reader.name}” holds no sound that can be decoded; copy or export it again.`,
    );
  }
  if (damaged) {
    warnings.push(
      `“${reader.name}” is damaged; ${(frames / sampleRate).toFixed(2)} s of it could be read, parts may be missing.`,
    );
  }
}

/** Feeding every piece, and at last asking for the rest. */
async function* steps(
  reader: ByteReader,
  codec: OggPackage,
): AsyncGenerator<() => Promise<OggOutput> | OggOutput> {
  for await (const piece of pieces(reader)) yield () => codec.decode(piece);
  yield () => codec.flush();
}

/** Chained streams may differ from the first; their sound cannot go on in the same file. */
function fits(decoded: OggOutput, sampleRate: number, channelCount: number): boolean {
  return decoded.sampleRate === sampleRate && decoded.channelData.length === channelCount;
}
