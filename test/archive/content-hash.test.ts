import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { contentHash } from '../../src/archive/content-hash.ts';
import { FileSystemError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { fixture } from '../formats/reading.ts';

const path = fileURLToPath(new URL('../formats/fixtures/s24.flac', import.meta.url));

it('is the SHA-256 of the bytes', async () => {
  expect(await contentHash(nodePlatform, path)).toBe(
    createHash('sha256').update(fixture('s24.flac')).digest('hex'),
  );
});

it('tells of a file that is gone, and of a folder', async () => {
  await expect(contentHash(nodePlatform, `${path}.gone`)).rejects.toThrow(FileSystemError);
  await expect(contentHash(nodePlatform, fileURLToPath(new URL('.', import.meta.url)))).rejects.toThrow(
    /is a folder/,
  );
});
