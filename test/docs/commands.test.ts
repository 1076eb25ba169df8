/**
 * Every command block of README, CONTRIBUTING and docs, run as it is printed. A page is one session of one shell, so that `cd` and
 * what was made before hold as for a reader. A block that is not run says why behind its fence: `illustration: REASON`, or
 * `elsewhere: FILE` of the test or bench that runs it. A `yaml` block with a name is saved under it where the session stands.
 */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sound } from '../../src/dsp/sound.ts';
import { aiff24 } from '../../src/engine/demo/aiff.ts';
import { beat, chords, emptyFolder, put, SMALL_CONFIG, smallArchive, wav } from '../end-to-end/afterglow.ts';
import { demoMade } from '../end-to-end/demo.ts';
import { inShell } from '../end-to-end/shell.ts';
import { demoExport } from '../palette/demo-export.ts';
import { type Block, blocksOf, commandsOf, markOf } from './blocks.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md'],
  ...(await readdir(join(ROOT, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
].sort();

/** Languages of what is shown: none of them holds commands. */
const SHOWN = ['text', 'json', 'yaml', 'csv', 'ts'];

/** Where a session of the page begins, and what must be there at its end. */
interface Session {
  readonly folder: () => Promise<string>;
  readonly leaves: readonly string[];
}

const SESSIONS: Record<string, Session> = {
  // The batch is that of docs/BATCH.md too: afterglow batch --input ~/music/old --project DIG1 --kit tr8s.
  'README.md': {
    folder: emptyFolder,
    leaves: [
      ...['config.yaml', 'source_audio', 'pad_sources', 'drums', 'export/tr8s/manifest.csv'],
      ...['export/DIG1/run.jsonl', 'export/DIG1/report.html', 'export/DIG1/_kits/DIG1_TR8S/KIT.csv'],
      'export/DIG1/_kits/DIG1/DIG1_pads.sfz',
    ],
  },
  'docs/CURATION.md': { folder: shortProject, leaves: ['export/tr8s/_curated/selection.json'] },
  'docs/DRUMS.md': {
    folder: () => smallArchive(),
    leaves: ['export/tr8s/beat/drums', 'export/tr8s/manifest.csv'],
  },
  'docs/INSTRUMENTS.md': {
    folder: shortProject,
    leaves: ['pads', 'drones', 'swells', 'layers'].flatMap((name) =>
      ['sfz', 'dspreset', 'multisample'].map((ending) => `export/tr8s/_kits/AG/AG_${name}.${ending}`),
    ),
  },
  'docs/KITS.md': {
    folder: shortProject,
    leaves: [
      'export/tr8s/_kits/NIGHT_1/KIT.csv',
      'export/tr8s/_kits/NIGHT_1/ROLAND/TR-8S/SAMPLE',
      'export/tr8s/_kits/AG_SP404MK2/AG_SP404MK2.zip',
      'export/tr8s/_kits/NIGHT_A/KIT.csv',
      'export/tr8s/_kits/TRACKER/KIT.csv',
      'export/tr8s/_kits/LIVE/AFTERGLOW/AUDIO/LIVE/DM01_chain_16.ot',
      'export/tr8s/_kits/TRACK/Samples/TRACK/DM01_chain_16.pti',
    ],
  },
  'docs/MIGRATING.md': { folder: () => smallArchive(), leaves: ['export/tr8s/manifest.csv'] },
  'docs/RENDER.md': {
    folder: demoProject,
    leaves: ['night_ferry_pad02_dark.wav', 'clouds48/cloud_warm_chord_02_dark.wav', 'long.wav'],
  },
  'docs/REPORT.md': { folder: shortProject, leaves: ['export/tr8s/report.html'] },
  'docs/TUTORIAL.md': {
    folder: clone,
    leaves: [
      ...['long.yaml', 'grid.yaml', 'export/long/manifest.csv', 'export/grid/manifest.csv'].map(
        (name) => `afterglow-demo/${name}`,
      ),
      '../my-archive/config.yaml',
      '../my-archive/export/tr8s/manifest.csv',
    ],
  },
};

/** One side, at half the rate of a CD: to mine it takes a quarter of the time, and no page asks for more. */
const LIGHT_RATE = 22_050;
const light = ({ sampleRate, channels }: Sound): Sound => ({ sampleRate, channels: channels.slice(0, 1) });

let demo: string;
let home: string;
const folders: string[] = [];
beforeAll(async () => {
  demo = join((await demoMade()).folder, 'afterglow-demo');
  home = await emptyFolder();
  const archive = {
    'config.yaml': SMALL_CONFIG,
    'source_audio/song.wav': wav(light(chords([57, 55], 3, LIGHT_RATE))),
    'pad_sources/choir.wav': wav(light(chords([60], 3, LIGHT_RATE))),
    'drums/beat.wav': wav(beat(2, LIGHT_RATE)),
  };
  for (const [path, bytes] of Object.entries(archive)) await put(home, `music/old/${path}`, bytes);
  folders.push(home);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** The demo as `afterglow demo` makes it, for a page that names textures of it. */
function demoProject(): Promise<string> {
  return projectLike(demo);
}

/** The demo in short, for pages that take what is there. */
async function shortProject(): Promise<string> {
  return projectLike((await demoExport()).projectFolder);
}

async function projectLike(made: string): Promise<string> {
  const folder = join(await emptyFolder(), 'project');
  await cp(made, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** A checkout of this repository beside which there is room. Short sounds lie in the place of the demo's, which leaves them there. */
async function clone(): Promise<string> {
  const folder = join(await emptyFolder(), 'afterglow-engine');
  const sounds = {
    'source_audio/night_ferry.wav': wav(light(chords([57, 55], 3, LIGHT_RATE))),
    'pad_sources/warm_chord.wav': wav(light(chords([60], 3, LIGHT_RATE))),
    'pad_sources/glass_choir.aiff': aiff24(light(chords([64], 2, LIGHT_RATE))),
    'drums/back_room_beat.wav': wav(beat(2, LIGHT_RATE)),
  };
  for (const [path, bytes] of Object.entries(sounds)) await put(folder, `afterglow-demo/${path}`, bytes);
  return folder;
}

const pageOf = async (name: string) => blocksOf(await readFile(join(ROOT, name), 'utf8'));
const isRun = (block: Block) => commandsOf(block).length > 0 && markOf(block)?.kind === 'run';

/** A page's blocks as one script; before each it says which it is, on a descriptor that no command writes to. */
function scriptOf(blocks: readonly Block[], archive: string): string {
  return blocks
    .flatMap((block) => {
      if (block.language === 'yaml' && block.note) {
        return [`cat > ${block.note} <<'END'`, ...block.lines, 'END'];
      }
      if (!isRun(block)) return [];
      return [`echo "@ line ${block.line}" >&2`, ...commandsOf(block), ...FILLED(archive)];
    })
    .join('\n');
}

/** What the pages ask for in words: put sounds into the three folders, where they are new. */
const FILLED = (archive: string) =>
  ['source_audio', 'pad_sources', 'drums'].map(
    (name) => `[ ! -d ${name} ] || [ -n "$(ls ${name})" ] || cp '${archive}/${name}'/*.wav ${name}/`,
  );

describe.each(PAGES)('%s', (page) => {
  it('has no block of commands that is neither run nor says why not', async () => {
    const blocks = await pageOf(page);
    const fences = (await readFile(join(ROOT, page), 'utf8')).match(/^```/gm) ?? [];
    expect(fences).toHaveLength(2 * blocks.length);
    for (const block of blocks) {
      const where = `${page}:${block.line}`;
      if (block.language === 'sh' || block.language === 'console') {
        const mark = markOf(block);
        expect(mark, `${where}: “${block.note}” is no mark`).not.toBeNull();
        expect(commandsOf(block), `${where} holds no command`).not.toEqual([]);
        if (mark?.kind === 'elsewhere') await expectRunThere(block, mark.why, where);
      } else {
        expect(SHOWN, `${where} says what it is`).toContain(block.language);
        expect(
          block.lines.filter((line) => line.startsWith('$ ')),
          `${where}: commands are console`,
        ).toEqual([]);
      }
    }
  });

  it('has no commands in indented blocks, which nothing runs', async () => {
    const text = await readFile(join(ROOT, page), 'utf8');
    expect(
      text.match(/(?<=\n\n) {4}(?:\$ )?(?:afterglow|npm|npx|node|cd|sbatch|kubectl|bench\/\S+) .*/g) ?? [],
    ).toEqual([]);
  });
});

/** The test or bench named runs these commands, as far as their words tell. */
async function expectRunThere(block: Block, file: string, where: string) {
  expect(existsSync(join(ROOT, file)), `${where} names ${file}`).toBe(true);
  const text = await readFile(join(ROOT, file), 'utf8');
  for (const command of commandsOf(block)) {
    const [, verb] = /^afterglow (\S+)|^(?:array=\$\()?(sbatch)/.exec(command)?.filter(Boolean) ?? [];
    if (verb !== undefined)
      expect(text, `${where}: ${file} runs ${verb}`).toMatch(new RegExp(`['"\`(]${verb}\\b|\\b${verb} `));
  }
}

const withCommands: string[] = [];
for (const page of PAGES) if ((await pageOf(page)).some(isRun)) withCommands.push(page);

it('knows where each page with commands begins', () => {
  expect(withCommands).toEqual(Object.keys(SESSIONS).sort());
});

it.each(withCommands)('the commands of %s run as they are printed', async (page) => {
  const folder = await SESSIONS[page].folder();
  folders.push(folder);
  const script = scriptOf(await pageOf(page), join(home, 'music/old'));
  const { status, stderr } = inShell(script, folder, { env: { HOME: home } });
  expect(status, `${page}\n${stderr.slice(-3000)}`).toBe(0);
  expect(SESSIONS[page].leaves.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});
