import { ascii, type ByteReader } from './bytes.ts';
import { findMp3Frame } from './mp3-frame.ts';
import { codecOf, type OggCodec, oggCodec } from './ogg-links.ts';

/** The formats this engine reads by itself. */
export type AudioFormat = 'wav' | 'aiff' | 'flac' | 'mp3' | OggCodec;

/**
 * What a file is, by its first bytes and never by its name.
 *
 * @returns null for anything else, be it text or a format that only ffmpeg knows
 */
export async function identify(reader: ByteReader): Promise<AudioFormat | null> {
  const head = await reader.read(0, 48);
  const word = ascii(head, 0, 4);
  const form = ascii(head, 8, 4);
  if (['RIFF', 'RIFX', 'RF64', 'BW64'].includes(word) && form === 'WAVE') return 'wav';
  if (word === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'aiff';
  if (word === 'fLaC') return 'flac';
  if (word === 'OggS') return codecOf(head.subarray(27 + (head[26] ?? 0))) ?? oggCodec(reader);
  const start = id3Length(head);
  if (start > 0 && ascii(await reader.read(start, 4), 0, 4) === 'fLaC') return 'flac';
  if ((await findMp3Frame(reader, start)) !== null) return 'mp3';
  return null;
}

/** Bytes of an ID3v2 tag at the start of a file, 0 where there is none (id3.org, ID3v2.4 §3.1: 7 bits a byte). */
export function id3Length(head: Uint8Array): number {
  if (ascii(head, 0, 3) !== 'ID3' || head.length < 10) return 0;
  const size = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
  const footer = head[5] & 0x10 ? 10 : 0;
  return 10 + size + footer;
}
