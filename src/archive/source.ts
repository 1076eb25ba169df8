import type { SoundReader } from '../dsp/sound.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { readAiffHeader } from '../formats/aiff-header.ts';
import { identify } from '../formats/identify.ts';
import type { PcmLayout } from '../formats/pcm-layout.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import { type ByteFile, openByteFile } from './byte-file.ts';
import { pcmReader } from './pcm-reader.ts';
import { stereoReader } from './stereo-reader.ts';

/** What a file is, for people. */
export interface SourceFacts {
  /** `WAV`, `FLAC`, …; the container for what ffmpeg reads. */
  readonly format: string;
  /** `PCM`, `float`, `A-law`, `MP3`, … */
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
    return await openByFormat(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openByFormat(file: ByteFile): Promise<OpenedSource> {
  const format = await identify(file);
  switch (format) {
    case 'wav': {
      const { layout, warnings } = await readWavHeader(file);
      return openPcm(file, 'WAV', layout, warnings);
    }
    case 'aiff': {
      const { layout, warnings } = await readAiffHeader(file);
      return openPcm(file, 'AIFF', layout, warnings);
    }
    default:
      throw new UnsupportedFormatError(`“${file.name}” is in no format that can be read.`);
  }
}

const ENCODING_NAMES = {
  signed: 'PCM',
  unsigned: 'PCM',
  float: 'float',
  alaw: 'A-law',
  ulaw: 'µ-law',
} as const;

function openPcm(file: ByteFile, format: string, layout: PcmLayout, warnings: string[]): OpenedSource {
  const facts: SourceFacts = {
    format,
    encoding: ENCODING_NAMES[layout.encoding],
    bitDepth: layout.bytesPerSample * 8,
    channelCount: layout.channelCount,
  };
  const reader = stereoReader(pcmReader(file, layout, warnings), 'wav', layout.channelMask);
  return { ...reader, facts, warnings, close: () => file.close() };
}
