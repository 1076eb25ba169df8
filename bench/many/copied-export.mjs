/**
 * Makes an export of any number of textures: copies of real ones under other names, each with bytes of its own. A process of its
 * own, since the peak of those that are measured begins with that of the one that starts them.
 *
 *   node bench/many/copied-export.mjs EXPORT FOLDER COUNT
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestFromCsv, manifestToCsv } from '../../dist/archive/manifest-csv.js';

/** Larger textures are not copied: thirty thousand are to have room on a disk. Bytes. */
const LARGEST = 60_000;

const [from, folder, count] = process.argv.slice(2);
const rows = manifestFromCsv(readFileSync(join(from, 'manifest.csv'), 'utf8')).rows;
const small = rows.filter(({ path }) => statSync(join(from, path)).size <= LARGEST);
if (small.length === 0) throw new Error(`${from} has no texture of at most ${LARGEST} bytes.`);
const copies = Array.from({ length: Number(count) }, (_, n) => {
  const row = small[n % small.length];
  const copy = `copy${Math.floor(n / small.length)}`;
  const path = `${copy}/${row.path}`;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), altered(readFileSync(join(from, row.path)), n));
  return { ...row, path, source: `${copy}_${row.source}` };
});
copies.sort((a, b) => (a.path < b.path ? -1 : 1));
writeFileSync(join(folder, 'manifest.csv'), manifestToCsv(copies));

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
