/**
 * Whether this Node makes the bytes that are pinned in test/same-bytes/digests.json; after `npm run build`.
 *
 *   node scripts/same-bytes.mjs          names what differs, and ends with 1 where anything does
 *   node scripts/same-bytes.mjs --write  pins what it makes
 */
import { readFile, writeFile } from 'node:fs/promises';
import { textureDigests } from '../test/same-bytes/textures.mjs';

const PINNED = new URL('../test/same-bytes/digests.json', import.meta.url);

const made = await textureDigests();
if (process.argv.includes('--write')) {
  await writeFile(PINNED, `${JSON.stringify(made, null, 2)}\n`);
} else {
  const pinned = JSON.parse(await readFile(PINNED, 'utf8'));
  const names = [...new Set([...Object.keys(pinned), ...Object.keys(made)])];
  const others = names.filter((name) => made[name] !== pinned[name]);
  for (const name of others)
    console.error(`${name}: ${made[name] ?? 'not made'}, not ${pinned[name] ?? 'made'}`);
  console.log(`Node ${process.versions.node}: ${names.length - others.length} of ${names.length} as pinned`);
  if (others.length > 0) process.exitCode = 1;
}
