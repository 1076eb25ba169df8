/** Ogg files made of others: pages taken apart and put together anew (RFC 3533). */

/** A page as its bytes; its checksum is put right by `sealed`. */
export type Page = Uint8Array;

export const FIRST = 2;
export const LAST = 4;

/** The pages of a file, each a copy. */
export function pagesOf(bytes: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < bytes.length; ) {
    const segments = bytes.subarray(at + 27, at + 27 + bytes[at + 26]);
    const length = 27 + segments.length + segments.reduce((sum, segment) => sum + segment, 0);
    pages.push(bytes.slice(at, at + length));
    at += length;
  }
  return pages;
}

/** Gives every page the checksum of what it now holds, so that damage gets through to the codec. */
export function resealed(bytes: Uint8Array): Uint8Array {
  const sealed = bytes.slice();
  const view = new DataView(sealed.buffer);
  for (let at = 0; at + 27 <= sealed.length; ) {
    const end = view.getUint32(at) === 0x4f676753 ? endOfPage(sealed, at) : Number.POSITIVE_INFINITY;
    if (end > sealed.length) {
      at++;
      continue;
    }
    view.setUint32(at + 22, 0, true);
    let crc = 0;
    for (let i = at; i < end; i++) crc = (crc << 8) ^ CRC_OF_BYTE[(crc >>> 24) ^ sealed[i]];
    view.setUint32(at + 22, crc >>> 0, true);
    at = end;
  }
  return sealed;
}

function endOfPage(bytes: Uint8Array, at: number): number {
  const segments = bytes[at + 26];
  const table = bytes.subarray(at + 27, at + 27 + segments);
  return at + 27 + segments + table.reduce((sum, length) => sum + length, 0);
}

/** The checksum of each byte in front of zeros: thousands of files are sealed, and bit by bit that takes half of the time. */
const CRC_OF_BYTE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/** Pages one after the other, their checksums right. */
export function sealed(pages: readonly Page[]): Uint8Array {
  return resealed(joined(pages));
}

/** A file with another serial number, as a link of a chain has. */
function withSerial(bytes: Uint8Array, serial: number): Uint8Array {
  const pages = pagesOf(bytes);
  for (const page of pages) viewOf(page).setUint32(14, serial, true);
  return sealed(pages);
}

/** Files one after the other, each with a serial number of its own. */
export function chained(...files: Uint8Array[]): Uint8Array {
  return joined(files.map((bytes, index) => withSerial(bytes, 1000 + index)));
}

/** A page that holds whole packets, as far as its 255 segments allow. */
export function pageWith(
  { flags = 0, serial = 1, sequence = 0, granule = 0 },
  ...packets: Uint8Array[]
): Page {
  const segments = packets.flatMap(({ length }) => [
    ...new Array<number>(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  return rawPage({ flags, serial, sequence, granule }, segments, joined(packets));
}

function rawPage(
  { flags = 0, serial = 1, sequence = 0, granule = 0 },
  segments: readonly number[],
  data: Uint8Array,
): Page {
  if (segments.length > 255) throw new RangeError(`A page has no ${segments.length} segments.`);
  const page = new Uint8Array(27 + segments.length + data.length);
  page.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  const view = viewOf(page);
  view.setBigInt64(6, BigInt(granule), true);
  view.setUint32(14, serial, true);
  view.setUint32(18, sequence, true);
  page[26] = segments.length;
  page.set(segments, 27);
  page.set(data, 27 + segments.length);
  return page;
}

/** A packet of zeros behind its first bytes, over as many pages as it needs. */
export function longPacketPages(start: Uint8Array, length: number, serial: number): Page[] {
  const pages: Page[] = [];
  const onFullPage = 255 * 255;
  for (let at = 0; at <= length; at += onFullPage) {
    const here = Math.min(onFullPage, length - at);
    const segments = new Array<number>(Math.floor(here / 255)).fill(255);
    if (segments.length < 255) segments.push(here % 255);
    const data = new Uint8Array(here);
    if (at === 0) data.set(start);
    const granule = segments.at(-1) === 255 ? -1 : 0;
    pages.push(rawPage({ flags: at === 0 ? 0 : 1, serial, sequence: 0, granule }, segments, data));
  }
  return pages;
}

/** The packets that begin and end on one page. */
export function packetsOn(page: Page): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let start = 27 + page[26];
  let end = start;
  for (const length of page.subarray(27, 27 + page[26])) {
    end += length;
    if (length === 255) continue;
    packets.push(page.slice(start, end));
    start = end;
  }
  return packets;
}

/** Numbers the pages of one stream anew. */
export function renumbered(pages: readonly Page[]): Page[] {
  return pages.map((page, sequence) => {
    viewOf(page).setUint32(18, sequence, true);
    return page;
  });
}

export function viewOf(page: Uint8Array): DataView {
  return new DataView(page.buffer, page.byteOffset, page.byteLength);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
