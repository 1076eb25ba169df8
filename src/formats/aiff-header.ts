import { pow } from '../dsp/maths.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { ascii, type ByteReader, dataView } from './bytes.ts';
import { assertPlausible, cutShort, type PcmEncoding, type PcmHeader } from './pcm-layout.ts';

/** As for WAV: nobody writes more, and a damaged file must not keep us. */
const MOST_CHUNKS = 4096;

interface Common {
  readonly channelCount: number;
  /** Frames the file says it has. */
  readonly frames: number;
  readonly sampleRate: number;
  readonly encoding: PcmEncoding;
  readonly bytesPerSample: number;
  readonly littleEndian: boolean;
}

/**
 * Reads the header of an AIFF (Apple, version 1.3) or AIFC file, chunks in any order.
 * Compression types NONE, twos, sowt, raw, in24, in32, fl32, fl64, alaw, ulaw. Integers are signed.
 *
 * @throws MalformedFileError without a usable `COMM` and `SSND` chunk
 * @throws UnsupportedFormatError for another compression, or a rate outside 8–192 kHz
 */
export async function readAiffHeader(reader: ByteReader): Promise<PcmHeader> {
  const { name } = reader;
  const compressed = ascii(await reader.read(8, 4), 0, 4) === 'AIFC';
  let common: Common | null = null;
  let sound: { offset: number; size: number } | null = null;
  let offset = 12;
  for (let count = 0; count < MOST_CHUNKS && offset + 8 <= reader.size; count++) {
    const head = await reader.read(offset, 12);
    const view = dataView(head);
    const id = ascii(head, 0, 4);
    const size = view.getUint32(4);
    if (id === 'COMM' && common === null) {
      common = parseCommon(name, await reader.read(offset + 8, Math.min(size, 22)), compressed);
    }
    if (id === 'SSND' && sound === null && head.length === 12) {
      // Eight bytes (offset, block size) stand before the samples; the offset skips alignment padding.
      const skipped = 8 + view.getUint32(8);
      sound = { offset: offset + 8 + skipped, size: Math.max(0, size - skipped) };
    }
    if (common !== null && sound !== null) break;
    offset += 8 + size + (size % 2);
  }
  if (common === null) {
    throw new MalformedFileError(
      `“${name}” has no COMM chunk, so its samples cannot be understood; export it again.`,
    );
  }
  if (sound === null) {
    throw new MalformedFileError(
      `“${name}” has no SSND chunk, so there is nothing to hear; export it again.`,
    );
  }
  const warnings: string[] = [];
  const { frames: claimed, ...format } = common;
  const frameCount = countFrames(reader, claimed, format, sound, warnings);
  return { layout: { ...format, dataOffset: sound.offset, frameCount, channelMask: 0 }, warnings };
}

function parseCommon(name: string, bytes: Uint8Array, compressed: boolean): Common {
  if (bytes.length < (compressed ? 22 : 18)) {
    throw new MalformedFileError(`“${name}” has a COMM chunk that is cut off; export it again.`);
  }
  const view = dataView(bytes);
  const channelCount = view.getInt16(0);
  // Whole Hertz, as in every other format; no recorder has run at half a one.
  const sampleRate = Math.round(extendedFloat(view, 8));
  const compression = compressed ? ascii(bytes, 18, 4) : 'NONE';
  const bits = view.getInt16(6);
  assertPlausible(name, sampleRate, channelCount);
  const coding = codingOf(compression, bits);
  if (coding === null) {
    throw new UnsupportedFormatError(
      `“${name}” is an AIFF with compression “${compression}” at ${bits} bits, which cannot be read; convert it to PCM.`,
      { context: { name, codec: compression, bits } },
    );
  }
  return { channelCount, frames: view.getUint32(2), sampleRate, ...coding };
}

function codingOf(
  compression: string,
  bits: number,
): Pick<Common, 'encoding' | 'bytesPerSample' | 'littleEndian'> | null {
  const width = Math.ceil(bits / 8);
  const integerWidth = width >= 1 && width <= 4 ? width : null;
  const coding = (encoding: PcmEncoding, bytesPerSample: number | null, littleEndian = false) =>
    bytesPerSample === null ? null : { encoding, bytesPerSample, littleEndian };
  switch (compression.toLowerCase()) {
    case 'none':
    case 'twos':
      return coding('signed', integerWidth);
    case 'sowt':
      return coding('signed', integerWidth, true);
    case 'raw ':
      return coding('unsigned', 1);
    case 'in24':
      return coding('signed', 3);
    case 'in32':
      return coding('signed', 4);
    case 'fl32':
      return coding('float', 4);
    case 'fl64':
      return coding('float', 8);
    case 'alaw':
      return coding('alaw', 1);
    case 'ulaw':
      return coding('ulaw', 1);
    default:
      return null;
  }
}

/** IEEE 754 80-bit extended: sign and 15-bit exponent, then 64 bits of mantissa with its leading 1 spelt out. */
function extendedFloat(view: DataView, offset: number): number {
  const exponent = view.getInt16(offset) - 16383;
  return (
    view.getUint32(offset + 2) * pow(2, exponent - 31) + view.getUint32(offset + 6) * pow(2, exponent - 63)
  );
}

/** The least of what COMM claims, what SSND claims and what the file holds, with a warning where they lie. */
function countFrames(
  reader: ByteReader,
  claimed: number,
  format: Omit<Common, 'frames'>,
  sound: { offset: number; size: number },
  warnings: string[],
): number {
  const frameBytes = format.bytesPerSample * format.channelCount;
  const available = Math.max(0, Math.floor((reader.size - sound.offset) / frameBytes));
  // An SSND without a size was never finished, so its samples run on; behind one that has a size stand other chunks.
  const held = sound.size === 0 ? available : Math.min(Math.floor(sound.size / frameBytes), available);
  if ((claimed === 0 && sound.size !== 0) || claimed === 0xffffffff) {
    warnings.push(`“${reader.name}” does not say how long it is; it is read to its end.`);
    return held;
  }
  if (claimed > held) warnings.push(cutShort(reader.name, held, claimed, format.sampleRate));
  return Math.min(claimed, held);
}
