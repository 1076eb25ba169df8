import { ascii, type ByteReader } from './bytes.ts';
import { packetJoiner } from './ogg-packets.ts';
import { type OggPage, oggPages } from './ogg-pages.ts';

/** The codecs in Ogg that are read here. */
export type OggCodec = 'vorbis' | 'opus' | 'ogg-flac';

/** One page of a link, as far as it matters to a codec. */
interface LinkPage {
  /** The packets that end on this page, whole. */
  readonly packets: Uint8Array[];
  /** The codec's clock at the end of the last of them, -1 where none ends. */
  readonly granule: number;
  /** The link ends here. */
  readonly last: boolean;
}

/** One link of a chain: a sound with headers and a clock of its own. Most files have one. */
export interface OggLink {
  readonly codec: OggCodec;
  /** The codec's identification packet; it is the first of `pages` too. */
  readonly head: Uint8Array;
  /** Its pages in order, damaged ones left out. To be walked once, before the next link is asked for. */
  readonly pages: AsyncIterable<LinkPage>;
  readonly health: LinkHealth;
}

/** What is known of a link when all its pages have been seen. */
interface LinkHealth {
  /** Places where pages are missing or could not be decoded. */
  damaged: number;
  /** A page said that the link is over. */
  ended: boolean;
}

/** What is known of a file when all its links have been seen. */
export interface ChainHealth {
  /** Links without a beginning, so that nothing tells how to decode them. */
  headless: number;
  /** Most sounds that lie side by side; only the first of them is read. */
  abreast: number;
}

/**
 * The sounds of an Ogg file, one after the other. Of streams that lie side by side (a Skeleton, pictures, more sounds)
 * the first whose codec is known is taken.
 */
export async function* oggLinks(reader: ByteReader, chain: ChainHealth): AsyncGenerator<OggLink> {
  const pages = oggPages(reader);
  let next = await pages.next();
  /** The streams that began together, and the one without a beginning that was met last. */
  let serials = new Set<number>();
  let stranger: number | null = null;

  /** The pages up to the next beginning. */
  async function* untilNextLink(): AsyncGenerator<OggPage> {
    while (!next.done && !next.value.first) {
      const page = next.value;
      if (!serials.has(page.serial) && page.serial !== stranger) {
        stranger = page.serial;
        chain.headless++;
      }
      yield page;
      next = await pages.next();
    }
  }

  async function* pagesOf(first: OggPage, health: LinkHealth): AsyncGenerator<LinkPage> {
    const join = packetJoiner();
    const linkPage = (page: OggPage): LinkPage => {
      const { packets, pagesLost } = join(page);
      if (pagesLost) health.damaged++;
      health.ended ||= page.last;
      return { packets, granule: page.granule, last: page.last };
    };
    yield linkPage(first);
    let { sequence } = first;
    let isOver = false;
    for await (const page of untilNextLink()) {
      if (page.serial !== first.serial || isOver) continue;
      // Some files say more than once that they end, and go on. Other numbers are those of a link without a beginning.
      if (health.ended && page.sequence !== sequence + 1) {
        chain.headless++;
        isOver = true;
        continue;
      }
      sequence = page.sequence;
      yield linkPage(page);
    }
  }

  while (!next.done) {
    serials = new Set();
    stranger = null;
    let first: OggPage | null = null;
    let sounds = 0;
    for (; !next.done && next.value.first; next = await pages.next()) {
      serials.add(next.value.serial);
      if (codecOf(next.value.parts[0]) === null) continue;
      first ??= next.value;
      sounds++;
    }
    chain.abreast = Math.max(chain.abreast, sounds);
    if (first !== null) {
      const head = first.parts[0];
      const health = { damaged: 0, ended: false };
      yield { codec: codecOf(head)!, head, pages: pagesOf(first, health), health };
    }
    for await (const _ of untilNextLink());
  }
}

/**
 * The codec of an Ogg file's first sound.
 * @returns null where it has none that is known
 */
export async function oggCodec(reader: ByteReader): Promise<OggCodec | null> {
  for await (const { first, parts } of oggPages(reader)) {
    const codec = first ? codecOf(parts[0]) : null;
    if (codec !== null || !first) return codec;
  }
  return null;
}

/** A codec names itself in its first packet. */
export function codecOf(packet: Uint8Array | undefined): OggCodec | null {
  if (packet === undefined) return null;
  if (ascii(packet, 0, 7) === '\x01vorbis') return 'vorbis';
  if (ascii(packet, 0, 8) === 'OpusHead') return 'opus';
  if (ascii(packet, 0, 5) === '\x7fFLAC') return 'ogg-flac';
  return null;
}
