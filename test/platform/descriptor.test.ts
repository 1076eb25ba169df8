/** Node's open files: closed once, however often that is asked, and never read afterwards, whose ever their number is then. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-descriptor-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a closed file is closed once, and read no more', async () => {
  const { files } = nodePlatform;
  const [one, two] = ['one', 'two'].map((name) => join(folder, name));
  for (const path of [one, two]) writeFileSync(path, path);
  const first = await files.open(one);
  await first.close();
  // The system gives it the number that is free.
  const second = await files.open(two);
  await first.close();
  await expect(first.read(new Uint8Array(4), 0)).rejects.toThrow();
  expect(await second.read(new Uint8Array(two.length + 5), 0)).toBe(two.length);
  await second.close();
});
