/** Exports of any number of textures: copies of real ones under other names, each with bytes of its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestFromCsv, manifestToCsv } from '../../dist/archive/manifest-csv.js';

/** Larger textures are not copied: thirty thousand are to have room on a disk. Bytes. */
const LARGEST = 60_000;

/**
 * @param from an export folder
 * @param folder the new one; it must not be there
 */
export function copiedExport(from, folder, count) {
  const rows = manifestFromCsv(readFileSync(join(from, 'manifest.csv'), 'utf8'));
  const small = rows
    .map((row) => ({ row, bytes: readFileSync(join(from, row.path)) }))
    .filter(({ bytes }) => bytes.length <= LARGEST);
  if (small.length === 0) throw new Error(`${from} has no texture of at most ${LARGEST} bytes.`);
  const copies = Array.from({ length: count }, (_, n) => {
    const { row, bytes } = small[n % small.length];
    const copy = `copy${Math.floor(n / small.length)}`;
    const path = `${copy}/${row.path}`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), altered(bytes, n));
    return { ...row, path, source: `${copy}_${row.source}` };
  });
  copies.sort((a, b) => (a.path < b.path ? -1 : 1));
  writeFileSync(join(folder, 'manifest.csv'), manifestToCsv(copies));
}

/** The last bits of some samples say which copy it is. */
function altered(bytes, number) {
  const copy = Buffer.from(bytes);
  const data = copy.indexOf('data') + 8;
  for (let bit = 0; bit < 16; bit++) {
    // The low byte of a sample of 16 or 24 bits in stereo.
    const at = data + 12 * (bit + 1);
    if (at < copy.length) copy[at] = (copy[at] & 0xfe) | ((number >> bit) & 1);
  }
  return copy;
}
