/**
 * The bytes of a kit for every device, and of instruments in every format, as a digest each: what is not meant to alter
 * them does not. After a change that is meant to, `npx vitest run test/targets/same-bytes.test.ts -u` writes them anew.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FOLDER_RECORD } from '../../src/archive/folder-record.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { filesBelow } from '../../src/palette/files-below.ts';
import { INSTRUMENT_FORMATS, writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit } from '../../src/palette/kit.ts';
import { profileNames, readProfile } from '../../src/palette/profiles.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { SCOPES } from '../../src/targets/zones.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';

const scratch = await mkdtemp(join(tmpdir(), 'afterglow-same-'));
afterAll(() => rm(scratch, { recursive: true }));

/** Two of each family, with much to be fitted. */
const TEXTURES: MadeTexture[] = [...FAMILIES, ...FAMILIES].map(({ id: family }, i) => ({
  family,
  source: ['strings_Am', 'Müller #3', '=SUM(A1)'][i % 3],
  sampleRate: [44_100, 96_000, 22_050][i % 3],
  bitDepth: i % 2 === 0 ? 24 : 16,
  channelCount: i % 3 === 0 ? 1 : 2,
  seconds: 0.1 + 0.0117 * i,
  loops: family !== 'swell' && family !== 'drum',
  variant: ['warm', 'airy_pitch+7', ''][i % 3],
  grade: i % 5 === 3 ? 'B' : 'A',
}));

/** Of the names and bytes of all files but the record, which names the engine's version. */
async function digestOfFolder(folder: string): Promise<string> {
  const digest = createHash('sha256');
  for (const file of (await filesBelow(nodePlatform, folder)).filter((each) => each !== FOLDER_RECORD)) {
    digest.update(`${file}\n`).update(await readFile(join(folder, file)));
  }
  return digest.digest('hex').slice(0, 16);
}

it('are what they were', async () => {
  const { exportFolder } = await madeExport(TEXTURES);
  const digests: Record<string, string> = {};
  for (const name of profileNames(nodePlatform)) {
    const request = {
      exportFolder,
      exportRoot: null,
      into: scratch,
      profile: await readProfile(nodePlatform, name),
      name,
    };
    digests[name] = await digestOfFolder((await makeKit(nodePlatform, { ...request, force: false })).folder);
  }
  for (const format of INSTRUMENT_FORMATS) {
    const request = {
      exportFolder,
      root: null,
      name: 'NAME',
      formats: [format],
      scopes: SCOPES,
      force: false,
    };
    const { folder } = await writeInstruments(nodePlatform, {
      ...request,
      out: join(scratch, `instruments ${format}`),
    });
    digests[format] = await digestOfFolder(folder);
  }
  const text = `${JSON.stringify(digests, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('digests.json');
});
