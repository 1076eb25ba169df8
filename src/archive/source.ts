import type { SoundReader } from '../dsp/sound.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { adpcmSoundLength } from '../formats/adpcm-length.ts';
import { readAiffHeader } from '../formats/aiff-header.ts';
import type { ByteReader } from '../formats/bytes.ts';
import { openFlac } from '../formats/flac.ts';
import { type AudioFormat, identify } from '../formats/identify.ts';
import { isText } from '../formats/is-text.ts';
import { joinBlocks } from '../formats/join-blocks.ts';
import { openMp3 } from '../formats/mp3.ts';
import { mp4SoundLength } from '../formats/mp4-length.ts';
import { openOgg } from '../formats/ogg.ts';
import type { SoundStream, StreamDecoder } from '../formats/sound-stream.ts';
import { cutToStated } from '../formats/stated-length.ts';
import { streamChanges } from '../formats/stream-changes.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import type { ForeignStream, Platform } from '../platform/platform.ts';
import { unreadWords } from '../wording/unread.ts';
import { type ByteFile, openByteFile } from './byte-file.ts';
import { keepDecoded } from './decoded-store.ts';
import { unreadFile } from './file-kinds.ts';
import { pcmReader } from './pcm-reader.ts';
import { stereoReader } from './stereo-reader.ts';

/** What a file is, for people. */
export interface SourceFacts {
  /** The container: `WAV`, `AIFF`, `FLAC`, `MP3`, `Ogg`; ffmpeg's name for what it reads. */
  readonly format: string;
  /** `PCM`, `float`, `A-law`, `FLAC`, `MP3`, … */
  readonly encoding: string;
  /** Bits a sample; null where the codec has no such thing. */
  readonly bitDepth: number | null;
  /** Channels in the file, before any downmix; the most there are at once where that changes. */
  readonly channelCount: number;
}

/** A source at its own rate, mono or stereo, and what was odd about it. */
export interface OpenedSource extends SoundReader {
  readonly facts: SourceFacts;
  /** Grows while reading, should damage be met. */
  readonly warnings: readonly string[];
  /** Frees the file and whatever was spooled. Reading afterwards fails. */
  close(): Promise<void>;
}

/**
 * Opens a file of the archive for reading by ranges. What it is, its bytes tell, not its name.
 *
 * @throws MalformedFileError when it is empty or breaks its format's rules
 * @throws UnsupportedFormatError when no reader knows it, or its rate is outside 8–192 kHz
 * @throws NotAllowedError, FileSystemError where the disk fails
 */
export async function openSource(platform: Platform, path: string): Promise<OpenedSource> {
  const file = await openByteFile(platform, path);
  try {
    if (file.size === 0) {
      throw new MalformedFileError(`“${file.name}” is empty; remove it or copy it again.`, {
        context: { path },
      });
    }
    return await openByFormat(platform, path, file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Container, codec and decoder of what is decoded as a stream. */
const STREAM_DECODERS: Record<Exclude<AudioFormat, 'wav' | 'aiff'>, [string, string, StreamDecoder]> = {
  flac: ['FLAC', 'FLAC', openFlac],
  'ogg-flac': ['Ogg', 'FLAC', openOgg],
  mp3: ['MP3', 'MP3', openMp3],
  vorbis: ['Ogg', 'Vorbis', openOgg],
  opus: ['Ogg', 'Opus', openOgg],
};

async function openByFormat(platform: Platform, path: string, file: ByteFile): Promise<OpenedSource> {
  const identified = await identify(file);
  if (identified?.format === 'wav' || identified?.format === 'aiff') {
    try {
      return await openPcm(file, identified.reader, identified.format);
    } catch (error) {
      // A WAV or AIFF around a codec that is not ours (ADPCM, say) may be ffmpeg's.
      if (!(error instanceof UnsupportedFormatError && 'codec' in error.context)) throw error;
    }
  } else if (identified) {
    const [container, codec, open] = STREAM_DECODERS[identified.format];
    return keepStream(platform, file, await open(identified.reader), container, codec, 0);
  }
  const unread = identified ? null : unreadFile(path);
  if (unread)
    throw new UnsupportedFormatError(`“${file.name}” cannot be read: ${unreadWords(unread.reason)}.`);
  if (!identified && (await isText(file))) {
    throw new UnsupportedFormatError(
      `“${file.name}” holds text and no sound, whatever its name says; remove it, or export or download the sound again.`,
      { context: { path } },
    );
  }
  const stream = await openForeign(platform, path, file.name);
  try {
    const whole = await withoutPadding(file, stream);
    return await keepStream(platform, file, whole, stream.container, stream.codec, stream.channelMask);
  } finally {
    stream.close();
  }
}

async function openForeign({ foreignDecoder }: Platform, path: string, name: string): Promise<ForeignStream> {
  if (foreignDecoder) return foreignDecoder.open(path);
  throw new UnsupportedFormatError(
    `“${name}” is in no format that is read here; convert it to WAV, FLAC or MP3.`,
  );
}

/** ffmpeg leaves out the delay of a codec, and of its padding what makes whole packets. */
async function withoutPadding(file: ByteFile, stream: ForeignStream): Promise<SoundStream> {
  const stated = await statedLength(file, stream);
  if (stated === null) return stream;
  return { ...stream, blocks: cutToStated(file.name, stream.blocks, stated, stream.warnings) };
}

/** In frames, by what a file states and ffmpeg does not heed; null where there is nothing of that. */
async function statedLength(
  file: ByteFile,
  { container, sampleRate }: ForeignStream,
): Promise<number | null> {
  // MP4, M4A and QuickTime are one to ffmpeg.
  if (container === 'mov') return mp4SoundLength(file, sampleRate);
  return container === 'wav' ? adpcmSoundLength(file) : null;
}

const ENCODING_NAMES = {
  signed: 'PCM',
  unsigned: 'PCM',
  float: 'float',
  alaw: 'A-law',
  ulaw: 'µ-law',
} as const;

/** Read from the file itself, which stays open. */
async function openPcm(file: ByteFile, bytes: ByteReader, format: 'wav' | 'aiff'): Promise<OpenedSource> {
  const { layout, warnings } = await (format === 'wav' ? readWavHeader(bytes) : readAiffHeader(bytes));
  const facts: SourceFacts = {
    format: format.toUpperCase(),
    encoding: ENCODING_NAMES[layout.encoding],
    bitDepth: layout.bytesPerSample * 8,
    channelCount: layout.channelCount,
  };
  const reader = stereoReader(pcmReader(bytes, layout, warnings), layout.channelOrder, layout.channelMask);
  return { ...reader, facts, warnings, close: () => file.close() };
}

/** Decoded once, made one sound on the way; the file itself is no longer needed then. */
async function keepStream(
  platform: Platform,
  file: ByteFile,
  stream: SoundStream,
  format: string,
  encoding: string,
  channelMask: number,
): Promise<OpenedSource> {
  const { sampleRate, bitDepth, warnings } = stream;
  const changes = streamChanges();
  const blocks = joinBlocks(changes.watch(stream.blocks), sampleRate, channelMask);
  const store = await keepDecoded(platform, blocks, sampleRate);
  await file.close();
  warnings.push(...changes.sentences(file.name));
  const facts = { format, encoding, bitDepth, channelCount: changes.mostChannels };
  return { ...store, facts, warnings };
}
