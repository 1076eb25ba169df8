import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DECISIONS_FILE, readDecisions } from '../../src/engine/decisions.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-decisions-'));
afterAll(() => rm(folder, { recursive: true }));

const put = (text: string) => writeFile(join(folder, DECISIONS_FILE), text);

it('knows of nothing where there is no file', async () => {
  expect(await readDecisions(nodePlatform, folder)).toEqual(new Map());
});

it('reads what was decided, by path', async () => {
  const textures = {
    'a/pads/a.wav': { decision: 'keep', stars: 4, name: 'bed' },
    'b.wav': { decision: 'reject' },
  };
  await put(JSON.stringify({ version: 1, textures }));
  expect(Object.fromEntries(await readDecisions(nodePlatform, folder))).toEqual(textures);
});

it.each([
  ['torn', '{"version": 1, "tex'],
  ['another version', '{"version": 2, "textures": {}}'],
  ['no decision', '{"version": 1, "textures": {"a.wav": {"decision": "maybe"}}}'],
  ['too many stars', '{"version": 1, "textures": {"a.wav": {"stars": 6}}}'],
  ['an empty name', '{"version": 1, "textures": {"a.wav": {"name": " "}}}'],
])('refuses what is %s, and says where it lies', async (_, text) => {
  await put(text);
  await expect(readDecisions(nodePlatform, folder)).rejects.toThrow(/curation\.json.*mend it/);
});
