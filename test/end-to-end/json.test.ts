/** docs/JSON.md against what commands really tell: each of its keys exists, and each key that exists stands in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { afterglow, beat, chords, PROGRAM, put, smallArchive, wav } from './afterglow.ts';
import { demoMade } from './demo.ts';
import { keyPaths, type NamedKeys, sectionsOf } from './json-page.ts';

const page = await readFile(new URL('../../docs/JSON.md', import.meta.url), 'utf8');
const sections = sectionsOf(page);

/** By section of the page, the documents that commands told. */
const told = new Map<string, unknown[]>();
let log: string;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const EXPORT = 'export/tr8s';

beforeAll(async () => {
  const folder = await oddArchive();
  const tell = async (section: string, ...args: string[]) => {
    const { stdout } = await afterglow([...args, '--json'], { folder });
    const document = JSON.parse(stdout);
    told.set(section, [...(told.get(section) ?? []), document]);
    return document;
  };
  await tell('Runs', 'all');
  // Of what is up to date, some is of grade B.
  await tell('Runs', 'all');
  await tell('Runs', 'dust');
  await tell('Runs', 'make-hiss', 'mine-pads', '--config', 'strict.yaml', '--export', 'export/strict');
  await tell('render', 'render', 'hiss_loop_beat_01', '--out', 'again.wav');
  await tell('render', 'render', 'choir_pad_*', '--explain');
  await tell('info', 'info', 'pad_sources/choir.wav');
  await tell('info', 'info', 'drums/beat.wav');
  await tell('info', 'info', 'pad_sources/cut.wav');
  await tell('presets', 'presets');
  await tell('validate', 'validate');
  await tell('validate', 'validate', '--config', 'wrong.yaml');
  await tell('Where a command ends early', 'info', 'nowhere.wav');
  await tell('Where a command ends early', 'all', '--shards');

  for (const shard of ['1/2', '2/2']) {
    await tell('Runs', 'make-hiss', '--shard', shard, '--export', `export/s${shard[0]}`);
  }
  await tell('merge', 'merge', 'export/s1', '--into', 'export/some');
  const ofShard = async (k: number) =>
    (await tell('Runs', 'make-hiss', '--shard', `${k}/2`, '--export', `export/s${k}`)).up_to_date[0].path;
  await writeFile(join(folder, 'export/some', await ofShard(1)), 'mine');
  await writeFile(join(folder, 'export/s2', await ofShard(2)), 'spoilt');
  await tell('merge', 'merge', 'export/s1', 'export/s2', '--into', 'export/some');

  await tell('batch', 'batch', '--input', '.', '--project', 'P', '--kit', 'tr8s', '--seed', '3');
  await tell('batch', 'batch', '--input', '.', '--project', 'P', '--seed', '3');
  await tell('batch', 'batch', '--input', 'loose', '--project', 'L', '--seed', '3');
  await tell('Dry runs', 'batch', '--input', 'loose', '--project', 'L', '--seed', '4', '--dry-run');
  log = await readFile(join(folder, 'export/P/run.jsonl'), 'utf8');

  await changeByHand(folder);
  await tell('render', 'render', 'gone_pad_warm', '--out', 'gone.wav');
  const { textures } = await tell('curate', 'curate', '--explain');
  await writeFile(join(folder, EXPORT, textures[0].path), 'no sound');
  await spoilCells(folder);
  await tell(
    'kit',
    'kit',
    '--profile',
    './mine.json',
    '--key',
    'C minor',
    '--transpose',
    '6',
    '--tune',
    'nearest',
  );
  await tell('kit --dry-run', 'kit', '--profile', './mine.json', '--dry-run');
  await tell('kit --list', 'kit', '--list');
  await tell('instrument', 'instrument');
  await tell('report', 'report');
  await put(folder, 'drums/no-header.wav', 'RIFF\0\0\0\0WAVE');
  await tell('Dry runs', 'all', '--dry-run', '--seed', '4');
  await tell('Dry runs', 'all', '--dry-run', '--shard', '1/2', '--seed', '4');
  await tell('Dry runs', 'make-hiss', '--dry-run', '--export', 'export/s2');
  await tell('Runs', 'all', '--beside', '--seed', '4');
  await tell('clean', 'clean');
  await cp(join((await demoMade()).folder, 'afterglow-demo'), join(folder, 'd'), {
    ...{ recursive: true, preserveTimestamps: true },
  });
  await tell('demo', 'demo', 'd');
  told.set('studio', [await studioDocument(folder)]);
});

/** Of which nearly every texture is of grade F, and so dropped. */
const STRICT = `
hiss: { hiss_loops_per_source: 1, flicker_count: 2 }
curation: { auto_delete_grade_f: true, thresholds: { max_crest_factor: 1.01 } }
`;

/** With sources that give something to say: silent, cut short, empty, twice there, a link to nowhere; and sounds of no order. */
async function oddArchive(): Promise<string> {
  const folder = await smallArchive();
  folders.push(folder);
  await put(folder, 'pad_sources/silence.wav', wav({ sampleRate: 8000, channels: [new Float32Array(8000)] }));
  const cut = wav(chords([62], 2, 22_050), 16);
  await put(folder, 'pad_sources/cut.wav', cut.subarray(0, cut.length - 1000));
  await put(folder, 'pad_sources/gone.wav', wav(chords([64], 1, 22_050), 16));
  await put(folder, 'drums/more.wav', wav(beat(1, 22_050), 16));
  await put(folder, 'drums/more (copy).wav', wav(beat(1, 22_050), 16));
  await put(folder, 'drums/empty.wav', '');
  await put(folder, 'loose/tick.wav', wav(beat(0.2, 22_050), 16));
  await symlink('nowhere', join(folder, 'drums/dead.wav'));
  await put(folder, 'strict.yaml', STRICT);
  await put(folder, 'wrong.yaml', 'hiss: { loop_duration_sec: long }\nclods: {}\n');
  await put(folder, 'mine.json', JSON.stringify({ version: 1, id: 'm', device: 'M', most_samples: 3 }));
  return folder;
}

/** As if another engine had made it, and somebody had kept, named and spoilt textures, and taken a source away. */
async function changeByHand(folder: string): Promise<void> {
  const cache = join(folder, EXPORT, '.afterglow-cache.jsonl');
  const text = await readFile(cache, 'utf8');
  await writeFile(cache, text.replace(/"engine":"[^"]*"/g, '"engine":"0.0.1 0"'));
  const textures = {
    'beat/hiss/hiss_loop_beat_01.wav': { decision: 'keep', name: 'the room' },
    'more/hiss/hiss_loop_more_01.wav': { decision: 'reject' },
  };
  await put(folder, `${EXPORT}/curation.json`, JSON.stringify({ version: 1, textures }));
  await writeFile(join(folder, EXPORT, 'choir/pads/choir_pad_warm.wav'), 'no sound');
  await rm(join(folder, 'pad_sources/gone.wav'));
}

/** As if somebody had written into the manifest what cannot be. */
async function spoilCells(folder: string): Promise<void> {
  const manifest = join(folder, EXPORT, 'manifest.csv');
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.replace(/,24000,/, ',NaN,'));
}

async function studioDocument(folder: string): Promise<unknown> {
  const child = spawn(process.execPath, [PROGRAM, 'studio', '--no-open', '--json'], { cwd: folder });
  const [text] = await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child, 'exit');
  return JSON.parse(String(text));
}

it('has a section of keys for each document, and no other', () => {
  expect([...told.keys()].sort()).toEqual([...sections.keys()].filter((name) => name !== 'run.jsonl').sort());
});

/** What is asked of each section of its documents' keys, as lines to be read. */
const ofEach = (ask: 'missing' | 'unseen') =>
  [...told].flatMap(([section, documents]) => {
    const paths = [...new Set(documents.flatMap((document) => keyPaths(document)))];
    return sections
      .get(section)!
      [ask](paths)
      .map((key) => `${section}: ${key}`);
  });

it('names every key that is told, and spells it one way', () => {
  expect(ofEach('missing')).toEqual([]);
});

it('names no key that is not told', () => {
  expect(ofEach('unseen')).toEqual([]);
});

it('names every kind of line in run.jsonl, which is JSON from its first line, with its keys', () => {
  const kinds = sections.get('run.jsonl')!;
  const entries = log
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(entries[0]).toMatchObject({ kind: 'batch' });
  for (const { kind, ...rest } of entries) {
    const keys = keyPaths(rest).map((path) => `${kind} ${path}`);
    expect(kinds.missing([kind, ...keys])).toEqual([]);
  }
});

it('tells of a key that the page lacks, and of one that it makes up', () => {
  const { missing, unseen }: NamedKeys = sectionsOf(
    '## clean\n\n| key | holds |\n| --- | --- |\n| `export_folder`, `gone` | both |\n',
  ).get('clean')!;
  const paths = keyPaths({ export_folder: '', removed: [{ a: 1 }] });
  expect(missing(paths)).toEqual(['removed', 'removed[]', 'removed[].a']);
  expect(unseen(paths)).toEqual(['gone']);
});
