import { ascii, type ByteReader, dataView } from './bytes.ts';
import { MOST_CHUNKS, nextChunk, type Span } from './chunks.ts';

/** The codecs of WAV whose `fmt ` chunk states the frames of a block: Microsoft's and IMA's ADPCM (RFC 2361). */
const BLOCK_CODECS = new Set([0x0002, 0x0011]);

/**
 * How many frames an ADPCM WAV says it has. Its last block is filled up, and the `fact` chunk (Multimedia Programming
 * Interface 1.0, 1991) says how much of it is sound; ffmpeg, libsndfile and SoX play the filling.
 *
 * @returns frames; null where the file states none, or a number that does not end in its last block
 */
export async function adpcmSoundLength(reader: ByteReader): Promise<number | null> {
  const { format, fact, data } = await findChunks(reader);
  if (format === null || fact === null || data === null || format.size < 20 || fact.size < 4) return null;
  const view = dataView(await reader.read(format.offset, 20));
  const blockBytes = view.getUint16(12, true);
  const blockFrames = view.getUint16(18, true);
  if (!BLOCK_CODECS.has(view.getUint16(0, true)) || blockBytes === 0) return null;
  const frames = dataView(await reader.read(fact.offset, 4)).getUint32(0, true);
  const whole = Math.ceil(data.size / blockBytes) * blockFrames;
  return frames > whole - blockFrames && frames <= whole ? frames : null;
}

async function findChunks(reader: ByteReader): Promise<Record<'format' | 'fact' | 'data', Span | null>> {
  const found = new Map<string, Span>();
  let offset = 12;
  for (let count = 0; count < MOST_CHUNKS && offset + 8 <= reader.size && !found.has('data'); count++) {
    const head = await reader.read(offset, 8);
    const chunk: Span = { offset: offset + 8, size: dataView(head).getUint32(4, true) };
    found.set(ascii(head, 0, 4), chunk);
    offset = await nextChunk(reader, chunk, true);
  }
  return {
    format: found.get('fmt ') ?? null,
    fact: found.get('fact') ?? null,
    data: found.get('data') ?? null,
  };
}
