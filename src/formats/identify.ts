import { byteView } from './byte-view.ts';
import { ascii, type ByteReader } from './bytes.ts';
import { findMp3Start } from './mp3-start.ts';
import { codecOf, type OggCodec, oggCodec } from './ogg-links.ts';
import { endOfTags } from './tags.ts';

/** The formats this engine reads by itself. */
export type AudioFormat = 'wav' | 'aiff' | 'flac' | 'mp3' | OggCodec;

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
  const format = await formatOf(behind);
  if (format !== null) return { format, reader: behind };
  const mp3 = await findMp3Start(reader);
  if (mp3 !== null) return { format: 'mp3', reader: byteView(reader, mp3.offset) };
  return start > 0 ? findBehindWrongTag(reader) : null;
}

const WAV_WORDS = ['RIFF', 'RIFX', 'RF64', 'BW64'];

async function formatOf(reader: ByteReader): Promise<AudioFormat | null> {
  const head = await reader.read(0, 48);
  const word = ascii(head, 0, 4);
  const form = ascii(head, 8, 4);
  if (WAV_WORDS.includes(word) && form === 'WAVE') return 'wav';
  if (word === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'aiff';
  if (word === 'fLaC') return 'flac';
  if (word === 'OggS') return codecOf(head.subarray(27 + (head[26] ?? 0))) ?? oggCodec(reader);
  return null;
}

/** As far as a tag is believed to reach that misstates its own size, bytes: pictures make them long. */
const LONGEST_TAG = 16 * 1024 * 1024;

/** Bytes searched at a time. */
const WINDOW = 256 * 1024;

const FIRST_WORDS = [...WAV_WORDS, 'FORM', 'fLaC', 'OggS'];
const FIRST_LETTERS = new Set(FIRST_WORDS.map((word) => word.charCodeAt(0)));

/** The first header of a format behind an ID3 tag whose size is wrong. */
async function findBehindWrongTag(reader: ByteReader): Promise<Identified | null> {
  for (let from = 0; from < Math.min(reader.size, LONGEST_TAG); from += WINDOW) {
    const bytes = await reader.read(from, WINDOW + 4);
    for (let at = 0; at < WINDOW && at < bytes.length; at++) {
      // Most bytes begin no word, and text is dear to make.
      if (!FIRST_LETTERS.has(bytes[at]) || !FIRST_WORDS.includes(ascii(bytes, at, 4))) continue;
      const sound = byteView(reader, from + at);
      const format = await formatOf(sound);
      if (format !== null) return { format, reader: sound };
    }
  }
  return null;
}
