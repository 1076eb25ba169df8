import { byteView } from './byte-view.ts';
import { ascii, type ByteReader } from './bytes.ts';
import { findMp3Start } from './mp3-start.ts';
import { endOfTags } from './tags.ts';

/** The formats this engine reads by itself. */
export type AudioFormat = 'wav' | 'aiff' | 'flac' | 'ogg-flac' | 'mp3' | 'vorbis' | 'opus';

/** What a file is, and its bytes without the tags and the junk that other programs have put in front. */
export interface Identified {
  readonly format: AudioFormat;
  readonly reader: ByteReader;
}

/**
 * What a file is, by its first bytes and never by its name.
 *
 * @returns null for anything else, be it text or a format that only ffmpeg knows
 */
export async function identify(reader: ByteReader): Promise<Identified | null> {
  const start = await endOfTags(reader);
  const behind = byteView(reader, start);
  const format = formatOf(await behind.read(0, HEAD_LENGTH));
  if (format !== null) return { format, reader: behind };
  const mp3 = await findMp3Start(reader);
  if (mp3 !== null) return { format: 'mp3', reader: byteView(reader, mp3.offset) };
  return start > 0 ? findBehindWrongTag(reader) : null;
}

/** A page header of Ogg with the longest segment table, and the name of a codec. */
const HEAD_LENGTH = 27 + 255 + 8;

function formatOf(head: Uint8Array): AudioFormat | null {
  const word = ascii(head, 0, 4);
  const form = ascii(head, 8, 4);
  if (['RIFF', 'RIFX', 'RF64', 'BW64'].includes(word) && form === 'WAVE') return 'wav';
  if (word === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'aiff';
  if (word === 'fLaC') return 'flac';
  if (word === 'OggS') return oggFormat(head);
  return null;
}

/** The codec names itself in the first packet, behind a page header of 27 bytes and its segment table (RFC 3533). */
function oggFormat(head: Uint8Array): AudioFormat | null {
  const packet = 27 + (head[26] ?? 0);
  if (ascii(head, packet, 7) === '\x01vorbis') return 'vorbis';
  if (ascii(head, packet, 8) === 'OpusHead') return 'opus';
  if (ascii(head, packet, 5) === '\x7fFLAC') return 'ogg-flac';
  return null;
}

/** As far as a tag is believed to reach that misstates its own size, bytes: pictures make them long. */
const LONGEST_TAG = 16 * 1024 * 1024;

const WINDOW = 256 * 1024;

/** The first header of a format behind an ID3 tag whose size is wrong. */
async function findBehindWrongTag(reader: ByteReader): Promise<Identified | null> {
  for (let from = 0; from < Math.min(reader.size, LONGEST_TAG); from += WINDOW) {
    const bytes = await reader.read(from, WINDOW + HEAD_LENGTH);
    for (let at = 0; at < WINDOW && at < bytes.length; at++) {
      // Most bytes begin no word, and text is dear to make.
      if (!FIRST_LETTERS.has(bytes[at])) continue;
      const format = formatOf(bytes.subarray(at, at + HEAD_LENGTH));
      if (format !== null) return { format, reader: byteView(reader, from + at) };
    }
  }
  return null;
}

const FIRST_LETTERS = new Set([...'RBFfO'].map((letter) => letter.charCodeAt(0)));
