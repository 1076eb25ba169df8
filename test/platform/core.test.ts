/** `afterglow-engine/core` needs no Node: it goes into one file for a page, and makes there what Node makes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import * as core from '../../src/core.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { hasBrowser, openBrowser, watchPage } from '../browser.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { chord, joined, mono } from '../signals.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let bundle: string;
let unresolved: string[];
beforeAll(async () => {
  unresolved = [];
  const built = await rolldown({
    input: at('dist/core.js'),
    platform: 'browser',
    onLog: (_, { code, message }) => void (code === 'UNRESOLVED_IMPORT' && unresolved.push(message)),
  });
  const { output } = await built.generate({ format: 'esm', codeSplitting: false });
  expect(output).toHaveLength(1);
  bundle = output[0].code;
});

it('is bundled for a browser without Node', () => {
  expect(bundle).not.toMatch(/\b(from|import|import\(|require\()\s*["']node:/);
  // The FFT's package asks for it where it finds itself in Node.
  expect(unresolved.map((message) => /'([^']+)'/.exec(message)?.[1])).toEqual(['module']);
});

/** Mines a pad from one song, in a new folder of a machine. @returns digests of all textures, by path */
async function minedPads(
  engine: typeof core,
  platform: core.Platform,
  folder: string,
  song: readonly number[],
): Promise<Record<string, string>> {
  await platform.files.makeFolder(folder);
  await platform.files.makeFolder(`${folder}/source_audio`);
  await platform.files.write(`${folder}/source_audio/song.wav`, Uint8Array.from(song));
  const { settings } = engine.parseConfig('pad_miner: { target_durations_sec: [1] }', 'config.yaml');
  const request = { projectFolder: folder, settings, seed: 7, phases: ['mine-pads'] } as const;
  const work = await engine.plan(platform, request);
  const { textures, failed } = await engine.run(platform, work, { jobs: 0 });
  const made: Record<string, string> = Object.fromEntries(failed.map(({ message }) => ['failed', message]));
  for (const { path } of textures) {
    const hash = platform.sha256();
    hash.update(await platform.files.read(`${work.exportFolder}/${path}`));
    made[path] = hash.hex();
  }
  return made;
}

describe.skipIf(!hasBrowser)('in Chromium', () => {
  it('mines a pad that is Node’s to the byte', async () => {
    const notes = [
      [57, 61, 64],
      [50, 57, 62],
    ];
    const song = [...wav(mono(joined(...notes.map((each) => chord(each, 4 * 44_100, 0.3)))))];
    const folder = await mkdtemp(join(tmpdir(), 'afterglow-core-'));
    const wanted = await minedPads(core, nodePlatform, join(folder, 'archive'), song);
    await rm(folder, { recursive: true });
    expect(Object.keys(wanted)[0]).toMatch(/^song\/pads\/.*\.wav$/);
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const { complaints } = watchPage(page);
      const wasm = await readFile(at('node_modules/@echogarden/pffft-wasm/dist/simd/pffft.wasm'));
      // Nothing listens there.
      await page.route('http://localhost/**', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/core.js') await route.fulfill({ contentType: 'text/javascript', body: bundle });
        else if (pathname === '/pffft.wasm')
          await route.fulfill({ contentType: 'application/wasm', body: wasm });
        else await route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' });
      });
      await page.goto('http://localhost/');
      const inMemory = `(${minedPads})(engine, engine.memoryPlatform(), '/archive', ${JSON.stringify(song)})`;
      const program = `import('/core.js').then((engine) => ${inMemory})`;
      expect(await page.evaluate(program)).toEqual(wanted);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
