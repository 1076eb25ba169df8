import type { SoundReader } from '../dsp/sound.ts';
import { MalformedFileError, UnsupportedFormatError } from '../errors.ts';
import { adpcmSoundLength } from '../formats/adpcm-length.ts';
import { readAiffHeader } from '../formats/aiff-header.ts';
import type { ByteReader } from '../formats/bytes.ts';
import { readCaf } from '../formats/caf.ts';
import { openFlac } from '../formats/flac.ts';
import { type AudioFormat, identify } from '../formats/identify.ts';
import { isText } from '../formats/is-text.ts';
import { joinBlocks } from '../formats/join-blocks.ts';
import { openMp3 } from '../formats/mp3.ts';
import { mp4SoundLength } from '../formats/mp4-length.ts';
import { openOgg } from '../formats/ogg.ts';
import type { PcmHeader } from '../formats/pcm-layout.ts';
import type { SoundStream, StreamDecoder } from '../formats/sound-stream.ts';
import { cutToStated, heldToStated } from '../formats/stated-length.ts';
import { streamChanges } from '../formats/stream-changes.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import type { ForeignStream, Platform } from '../platform/platform.ts';
import { unreadWords } from '../wording/unread.ts';
import { type ByteFile, openByteFile, openHead, shortened } from './byte-file.ts';
import { inStatedOrder, withoutPacketPadding } from './caf-source.ts';
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
    const own = await ownHeader(path, file);
    if (own === null) return await keepForeign(platform, path, file);
    if ('layout' in own) return pcmSource(file, own);
    return await keepStream(platform, file, own.stream, own.container, own.codec, 0);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a source's header alone, and throws as {@link openSource} does where that tells that it cannot be read. What is
 * left to a foreign decoder is taken on trust, and so is everything behind a header.
 */
export async function checkHeader(platform: Platform, path: string): Promise<void> {
  const file = await openHead(platform, path);
  try {
    await ownHeader(path, file);
  } finally {
    await file.close();
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

/** Where the samples of an uncompressed file lie. */
interface OwnPcm extends PcmHeader {
  readonly bytes: ByteReader;
  readonly format: 'wav' | 'aiff';
}

/** A file that is to be decoded, of which nothing is decoded yet. */
interface OwnStream {
  readonly stream: SoundStream;
  readonly container: string;
  readonly codec: string;
}

/** What the header of a file says that this engine reads itself; null where a foreign decoder is to be asked. */
async function ownHeader(path: string, file: ByteFile): Promise<OwnPcm | OwnStream | null> {
  const { name, size } = file;
  if (size === 0) {
    throw new MalformedFileError(`“${name}” is empty; remove it or copy it again.`, { context: { path } });
  }
  const identified = await identify(file);
  if (identified === null) {
    await assertMayBeForeign(path, file);
    return null;
  }
  const { format, reader } = identified;
  if (format !== 'wav' && format !== 'aiff') {
    const [container, codec, open] = STREAM_DECODERS[format];
    return { stream: await open(reader), container, codec };
  }
  try {
    const header = await (format === 'wav' ? readWavHeader(reader) : readAiffHeader(reader));
    return { ...header, bytes: reader, format };
  } catch (error) {
    // A WAV or AIFF around a codec that is not ours (ADPCM, say) may be ffmpeg's.
    if (error instanceof UnsupportedFormatError && 'codec' in error.context) return null;
    throw error;
  }
}

/** @throws UnsupportedFormatError where a file's name or its text says that nobody reads it */
async function assertMayBeForeign(path: string, file: ByteFile): Promise<void> {
  const unread = unreadFile(path);
  if (unread)
    throw new UnsupportedFormatError(`“${file.name}” cannot be read: ${unreadWords(unread.reason)}.`);
  if (await isText(file)) {
    throw new UnsupportedFormatError(
      `“${file.name}” holds text and no sound, whatever its name says; remove it, or export or download the sound again.`,
      { context: { path } },
    );
  }
}

async function keepForeign(platform: Platform, path: string, file: ByteFile): Promise<OpenedSource> {
  const stream = await openForeign(platform, path, file.name);
  try {
    const { container, codec } = stream;
    const caf = container === 'caf' ? await readCaf(file) : null;
    if (caf !== null) {
      const { channelMask, ...ordered } = inStatedOrder(file.name, stream, caf);
      const kept = heeding(stream, await keepStream(platform, file, ordered, container, codec, channelMask));
      return withoutPacketPadding(await ofWhole(platform, path, file, kept), caf);
    }
    const whole = await withoutPadding(file, stream);
    const kept = heeding(
      stream,
      await keepStream(platform, file, whole, container, codec, stream.channelMask),
    );
    return await ofWhole(platform, path, file, kept);
  } finally {
    stream.close();
  }
}

/** What a decoder complains of is said where nothing else is: how much of a sound there is says more. */
function heeding({ complaint }: ForeignStream, kept: OpenedSource): OpenedSource {
  const said = complaint();
  return said === null || kept.warnings.length > 0 ? kept : { ...kept, warnings: [said] };
}

/** A foreign decoder reads the file itself, and ends where the file does. @throws MalformedFileError where that was cut meanwhile */
async function ofWhole<Store extends { close(): Promise<void> }>(
  { files }: Platform,
  path: string,
  { size }: ByteFile,
  kept: Store,
): Promise<Store> {
  const now = await files.stat(path).catch(() => null);
  if ((now?.size ?? 0) >= size) return kept;
  await kept.close();
  throw shortened(path);
}

async function openForeign({ foreignDecoder }: Platform, path: string, name: string): Promise<ForeignStream> {
  if (foreignDecoder) return foreignDecoder.open(path);
  throw new UnsupportedFormatError(
    `“${name}” is in no format that is read here; convert it to WAV, FLAC or MP3.`,
  );
}

/** ffmpeg leaves out the delay of a codec, and of its padding what makes whole packets. */
async function withoutPadding(file: ByteFile, stream: ForeignStream): Promise<SoundStream> {
  const { blocks, statedSec, warnings } = stream;
  const stated = await statedLength(file, stream);
  if (stated !== null) return { ...stream, blocks: cutToStated(file.name, blocks, stated, warnings) };
  return statedSec === null
    ? stream
    : { ...stream, blocks: heldToStated(file.name, blocks, statedSec, warnings) };
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
function pcmSource(file: ByteFile, { bytes, format, layout, warnings }: OwnPcm): OpenedSource {
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
