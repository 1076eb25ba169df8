import { joined } from './bytes.ts';
import type { OggPage } from './ogg-pages.ts';

/**
 * Longer than any packet of sound: a set-up of Vorbis has some 10 kB, and a frame of FLAC at its usual length 300 kB.
 * What is longer are comments with pictures in them, which nobody here wants.
 */
const LONGEST_PACKET = 1024 * 1024;

/** Packets that end on a page, whole. */
export interface OggPackets {
  readonly packets: Uint8Array[];
  /** Pages are missing before this one. */
  readonly pagesLost: boolean;
}

/**
 * Joins the packets of one stream, page after page. One that has lost its beginning is left out, and so is one longer
 * than 1 MiB, of which no more than that is ever held.
 *
 * @returns what takes the stream's next page
 */
export function packetJoiner(): (page: OggPage) => OggPackets {
  let expected: number | null = null;
  /** What is there of a packet that goes on; null where it is lost or too long. */
  let begun: Uint8Array[] | null = null;

  return (page) => {
    const pagesLost = expected !== null && page.sequence !== expected;
    expected = (page.sequence + 1) >>> 0;
    if (pagesLost) begun = null;
    const packets: Uint8Array[] = [];
    page.parts.forEach((part, index) => {
      const before: Uint8Array[] | null = index === 0 && page.continued ? begun : [];
      const goesOn = index === page.parts.length - 1 && page.open;
      // A part lies in a piece of the file, which is not to be held for it.
      const parts = before === null ? null : withinLimit([...before, goesOn ? part.slice() : part]);
      if (goesOn) begun = parts;
      else if (parts !== null) packets.push(joined(parts));
    });
    return { packets, pagesLost };
  };
}

function withinLimit(parts: Uint8Array[]): Uint8Array[] | null {
  return parts.reduce((sum, { length }) => sum + length, 0) <= LONGEST_PACKET ? parts : null;
}
