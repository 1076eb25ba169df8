import type { SoundReader } from '../dsp/sound.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { readAiffHeader } from '../formats/aiff-header.ts';
import { openFlac, openOggFlac } from '../formats/flac.ts';
import { type AudioFormat, identify } from '../formats/identify.ts';
import { openMp3 } from '../formats/mp3.ts';
import { openOpus } from '../formats/opus.ts';
import type { SoundStream, StreamDecoder } from '../formats/sound-stream.ts';
import { openVorbis } from '../formats/vorbis.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import { type ByteFile, openByteFile } from './byte-file.ts';
import { keepDecoded } from './decoded-store.ts';
import { openWithFfmpeg } from './ffmpeg.ts';
import { unreadFile } from './file-kinds.ts';
import { pcmReader } from './pcm-reader.ts';
import { stereoBlocks, stereoReader } from './stereo-reader.ts';

/** What a file is, for people. */
export interface SourceFacts {
  /** The container: `WAV`, `AIFF`, `FLAC`, `MP3`, `Ogg`; ffmpeg's name for what it reads. */
  readonly format: string;
  /** `PCM`, `float`, `A-law`, `FLAC`, `MP3`, … */
  readonly encoding: string;
  /** Bits a sample; null where the codec has no such thing. */
  readonly bitDepth: number | null;
  /** Channels in the file, before any downmix. */
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
 * @throws NotAllowedError, FileSystemError when the disk refuses
 */
export async function openSource(path: string): Promise<OpenedSource> {
  const file = await openByteFile(path);
  try {
    if (file.size === 0) {
      throw new MalformedFileError(`“${file.name}” is empty; remove it or copy it again.`, {
        context: { path },
      });
    }
    return await openByFormat(path, file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Container, codec and decoder of what is decoded as a stream. */
const STREAM_DECODERS: Record<Exclude<AudioFormat, 'wav' | 'aiff'>, [string, string, StreamDecoder]> = {
  flac: ['FLAC', 'FLAC', openFlac],
  'ogg-flac': ['Ogg', 'FLAC', openOggFlac],
  mp3: ['MP3', 'MP3', openMp3],
  vorbis: ['Ogg', 'Vorbis', openVorbis],
  opus: ['Ogg', 'Opus', openOpus],
};

async function openByFormat(path: string, file: ByteFile): Promise<OpenedSource> {
  const format = await identify(file);
  if (format === 'wav' || format === 'aiff') {
    try {
      return await openPcm(file, format);
    } catch (error) {
      // A WAV or AIFF around a codec that is not ours (ADPCM, say) may be ffmpeg's.
      if (!(error instanceof UnsupportedFormatError && 'codec' in error.context)) throw error;
    }
  } else if (format !== null) {
    const [container, codec, open] = STREAM_DECODERS[format];
    return keepStream(file, await open(file), container, codec, 0);
  }
  const unread = format === null ? unreadFile(path) : null;
  if (unread) throw new UnsupportedFormatError(`“${file.name}” cannot be read: ${unread.reason}.`);
  const stream = await openWithFfmpeg(path);
  try {
    return await keepStream(file, stream, stream.container, stream.codec, stream.channelMask);
  } finally {
    stream.close();
  }
}

const ENCODING_NAMES = {
  signed: 'PCM',
  unsigned: 'PCM',
  float: 'float',
  alaw: 'A-law',
  ulaw: 'µ-law',
} as const;

/** Read from the file itself, which stays open. */
async function openPcm(file: ByteFile, format: 'wav' | 'aiff'): Promise<OpenedSource> {
  const { layout, warnings } = await (format === 'wav' ? readWavHeader(file) : readAiffHeader(file));
  const facts: SourceFacts = {
    format: format.toUpperCase(),
    encoding: ENCODING_NAMES[layout.encoding],
    bitDepth: layout.bytesPerSample * 8,
    channelCount: layout.channelCount,
  };
  const reader = stereoReader(pcmReader(file, layout, warnings), 'wav', layout.channelMask);
  return { ...reader, facts, warnings, close: () => file.close() };
}

/** Decoded once, folded to stereo on the way; the file itself is no longer needed then. */
async function keepStream(
  file: ByteFile,
  stream: SoundStream,
  format: string,
  encoding: string,
  channelMask: number,
): Promise<OpenedSource> {
  const { sampleRate, channelCount, channelOrder, bitDepth, warnings } = stream;
  const blocks = stereoBlocks(stream.blocks, channelCount, channelOrder, channelMask);
  const store = await keepDecoded(blocks, sampleRate, Math.min(2, channelCount));
  await file.close();
  return { ...store, facts: { format, encoding, bitDepth, channelCount }, warnings };
}
