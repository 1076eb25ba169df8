import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipOf } from '../../src/formats/stored-zip.ts';
import { filesOfZip, zipEntries } from '../../src/studio/inside/read-zip.ts';

const TEXT = 'filename,source\n'.repeat(40);

async function stored(bytes: Uint8Array): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of zipOf(
    (async function* () {
      yield { name: 'ä/manifest.csv', bytes };
    })(),
  ))
    parts.push(part);
  return Buffer.concat(parts);
}

async function contents(zip: Uint8Array): Promise<string[][] | undefined> {
  const entries = await zipEntries(new Blob([zip as Uint8Array<ArrayBuffer>]));
  if (!entries) return undefined;
  const files = await filesOfZip(entries);
  return Promise.all(files.map(async ({ path, file }) => [path, await file.text()]));
}

it('reads what is stored', async () => {
  expect(await contents(await stored(Buffer.from(TEXT)))).toEqual([['ä/manifest.csv', TEXT]]);
});

it('reads what is deflated, with a comment behind it', async () => {
  const zip = await stored(deflateRawSync(TEXT));
  const central = zip.indexOf(Buffer.from('PK\x01\x02'));
  zip.writeUInt16LE(8, 8);
  zip.writeUInt16LE(8, central + 10);
  expect(await contents(Buffer.concat([zip, Buffer.from('by a Mac')]))).toEqual([['ä/manifest.csv', TEXT]]);
});

it('takes nothing else for a ZIP', async () => {
  expect(await contents(Buffer.from(TEXT))).toBeUndefined();
  expect(await contents(Buffer.alloc(0))).toBeUndefined();
});
