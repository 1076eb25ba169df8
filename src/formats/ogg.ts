import { AudioError, MalformedFileError } from '../errors.ts';
import type { ByteReader } from './bytes.ts';
import { openOggFlac } from './ogg-flac.ts';
import { type ChainHealth, type OggCodec, type OggLink, oggLinks } from './ogg-links.ts';
import { openOpus } from './opus.ts';
import type { SoundBlock, SoundStream } from './sound-stream.ts';
import { openVorbis } from './vorbis.ts';

const OPENERS: Record<OggCodec, (name: string, link: OggLink) => SoundStream> = {
  vorbis: openVorbis,
  opus: openOpus,
  'ogg-flac': openOggFlac,
};

/** What is known of a chain when it has been read. */
interface Chain extends ChainHealth {
  /** Links that give no sound. */
  silent: number;
  /** Damaged places in the others. */
  damaged: number;
  /** The last of them says that it is over. */
  ended: boolean;
  /** Seconds of sound that the others hold. */
  seconds: number;
}

/** A link that can be decoded. */
interface OpenedLink {
  readonly link: OggLink;
  readonly stream: SoundStream;
}

/**
 * Opens an Ogg file of Vorbis, Opus or FLAC: all links of a chain, one after the other, each with the length that its
 * own clock says. Links that cannot be decoded are left out.
 *
 * @throws MalformedFileError, UnsupportedFormatError when no link can be opened; the first error of a link
 */
export async function openOgg(reader: ByteReader): Promise<SoundStream> {
  const chain: Chain = { headless: 0, abreast: 0, silent: 0, damaged: 0, ended: true, seconds: 0 };
  const links = openedLinks(reader, chain);
  const first = await links.next();
  if (first.done) {
    throw new MalformedFileError(`“${reader.name}” has an Ogg header that is damaged; copy it again.`);
  }
  const { sampleRate, bitDepth } = first.value.stream;
  const warnings: string[] = [];
  return {
    sampleRate,
    bitDepth,
    warnings,
    blocks: decodeChain(reader.name, first.value, links, chain, warnings),
  };
}

/** @throws AudioError of the first link where none could be opened */
async function* openedLinks(reader: ByteReader, chain: Chain): AsyncGenerator<OpenedLink, undefined> {
  let opened = 0;
  let firstError: AudioError | null = null;
  for await (const link of oggLinks(reader, chain)) {
    let stream: SoundStream;
    try {
      stream = OPENERS[link.codec](reader.name, link);
    } catch (error) {
      if (!(error instanceof AudioError)) throw error;
      firstError ??= error;
      chain.silent++;
      continue;
    }
    opened++;
    yield { link, stream };
  }
  if (opened === 0 && firstError !== null) throw firstError;
}

async function* decodeChain(
  name: string,
  first: OpenedLink,
  others: AsyncIterable<OpenedLink>,
  chain: Chain,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  yield* decodeOpened(first, chain, warnings);
  for await (const opened of others) yield* decodeOpened(opened, chain, warnings);
  if (chain.seconds === 0) {
    throw new MalformedFileError(`“${name}” holds no sound that can be decoded; copy or export it again.`);
  }
  warnings.push(...sentences(name, chain));
}

async function* decodeOpened(
  { link, stream }: OpenedLink,
  chain: Chain,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  let seconds = 0;
  try {
    for await (const block of stream.blocks) {
      seconds += block.channels[0].length / block.sampleRate;
      yield block;
    }
  } catch (error) {
    if (!(error instanceof MalformedFileError)) throw error;
    // Some silence may have come out for what was lost.
    seconds = 0;
  }
  if (seconds === 0) {
    chain.silent++;
    return;
  }
  chain.seconds += seconds;
  // The link before is no longer the last.
  if (!chain.ended) chain.damaged++;
  chain.ended = link.health.ended;
  warnings.push(...stream.warnings);
  // A codec that has said itself what is missing has said enough.
  if (stream.warnings.length === 0) chain.damaged += link.health.damaged;
}

/** What is to be said of a chain. */
function sentences(name: string, { damaged, ended, seconds, headless, silent, abreast }: Chain): string[] {
  const said: string[] = [];
  const read = `${seconds.toFixed(2)} s`;
  if (damaged > 0) {
    said.push(`“${name}” is damaged in ${places(damaged)}; ${read} of it could be read.`);
  } else if (!ended) {
    said.push(`“${name}” is cut short: its end is missing, and the ${read} before it are used.`);
  }
  const left = headless + silent;
  if (left > 0) {
    said.push(
      `“${name}” has ${left === 1 ? 'a part' : `${left} parts`} that cannot be decoded; the ${read} of the others are used.`,
    );
  }
  if (abreast > 1) {
    said.push(`“${name}” has ${abreast} sounds side by side; only the first is read.`);
  }
  return said;
}

function places(count: number): string {
  return count === 1 ? 'one place' : `${count} places`;
}
