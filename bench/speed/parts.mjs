/** The parts of the speed bench; each gives plain figures, which tables.mjs lays out. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFromCsv } from '../../dist/archive/manifest-csv.js';
import { measureCommand, measureStages, medianOf } from './measure.mjs';
import { asFlac, copiedProject, longSong, songProject, sourcesOf } from './projects.mjs';
import { shortFilesProject } from './short-files.mjs';
import { measureYardsticks } from './yardsticks.mjs';

const PHASES = ['mine-pads', 'make-drones', 'make-clouds', 'make-hiss'];
const COPIES = [1, 2, 4, 8];
const MINUTES = [1, 3, 10, 30, 60, 180];
/** What long songs are measured with: what looks through all of one, and what makes textures of every other kind. */
const LONG_WORK = {
  'mine-pads': ['source_audio'],
  all: ['source_audio', 'pad_sources', 'drums'],
};

export const PARTS = { phases, commands, products, files, copies, lengths };
/** Those that are done in some three minutes, once each. */
export const SHORT = ['phases', 'commands', 'products', 'files'];

/** Each phase, and all of them, by stage; and what other programs take for the songs. */
function phases({ project, scratch, runs }) {
  const measured = [...PHASES.map((phase) => [phase]), PHASES].map((each) => ({
    phase: each.length > 1 ? 'all' : each[0],
    ...medianOf(runs, () => measureStages(project, scratch, each)),
  }));
  const { audioSec } = measured[0];
  return { measured, yardsticks: yardsticks(project, runs, audioSec) };
}

function yardsticks(project, runs, audioSec) {
  const files = sourcesOf(project);
  const measure = () => measureYardsticks(files, audioSec);
  const first = measure();
  const rates = medianOf(runs, () =>
    Object.fromEntries(measure().map(({ name, timesRealTime }) => [name, timesRealTime])),
  );
  return first.map((each) => ({ ...each, timesRealTime: rates[each.name] }));
}

/** Commands as typed, on an archive of their own each time. */
function commands({ project, scratch, runs }) {
  const folder = copiedProject(project, scratch, 1);
  const cold = (...words) => {
    rmSync(join(folder, 'export'), { recursive: true, force: true });
    return measureCommand(folder, scratch, [...words, '--quiet', '--seed', '7']);
  };
  const again = (...words) => measureCommand(folder, scratch, [...words, '--quiet', '--seed', '7']);
  const rows = [
    ['afterglow --help', () => measureCommand(folder, scratch, ['--help'])],
    ['afterglow all --dry-run', () => cold('all', '--dry-run')],
    ['afterglow all --jobs 1', () => cold('all', '--jobs', '1')],
    ['afterglow all --jobs 2', () => cold('all', '--jobs', '2')],
    ['afterglow all, nothing changed', () => again('all', '--jobs', '2')],
    ['afterglow mine-pads --jobs 1', () => cold('mine-pads', '--jobs', '1')],
    ['afterglow mine-pads --jobs 2', () => cold('mine-pads', '--jobs', '2')],
  ];
  const measured = rows.map(([command, measure]) => ({ command, ...medianOf(runs, measure) }));
  rmSync(folder, { recursive: true });
  return measured;
}

/** A batch, the same again, and what is done with its export; in this order, since each finds what those before it left. */
function products({ project, scratch, runs }) {
  const folder = copiedProject(project, scratch, 1);
  const exportFolder = join(folder, 'export');
  const command = (...words) =>
    measureCommand(folder, scratch, [...words, '--export', exportFolder, '--quiet']);
  const batch = () => command('batch', '--input', folder, '--kit', 'tr8s', '--seed', '7', '--jobs', '2');
  const work = {
    'batch --kit tr8s --jobs 2': () => {
      rmSync(exportFolder, { recursive: true, force: true });
      return batch();
    },
    'the same, nothing changed': batch,
    'curate --force': () => command('curate', '--force'),
    'kit --profile tr8s --force': () => command('kit', '--profile', 'tr8s', '--force'),
    report: () => command('report'),
    'render, of the latest hit': () =>
      command('render', latestHit(exportFolder), '--out', join(scratch, 'hit.wav'), '--force'),
  };
  const rows = Object.entries(work).map(([name, measure]) => ({
    command: `afterglow ${name}`,
    ...medianOf(name.startsWith('batch') ? 1 : runs, measure),
  }));
  rmSync(folder, { recursive: true });
  return rows;
}

/** Of the source with the most hits the last one, since all that come before it are looked through. */
function latestHit(exportFolder) {
  const hits = manifestFromCsv(readFileSync(join(exportFolder, 'manifest.csv'), 'utf8'))
    .rows.filter(({ making }) => making === 'drums')
    .sort((one, other) => Number(one.making_index) - Number(other.making_index));
  if (hits.length === 0) throw new Error('The archive gives no drum hit to render.');
  return hits.at(-1).path;
}

const SHORT_FILES = [1000, 10_000];

/** Many sounds that are too short for most of what is made: what a file costs by itself. */
function files({ scratch }) {
  return SHORT_FILES.flatMap((count) => {
    const folder = shortFilesProject(scratch, count);
    const command = (...words) =>
      measureCommand(folder, scratch, ['all', '--quiet', '--seed', '7', '--jobs', '2', ...words]);
    const rows = [
      ['planned (`--dry-run`)', () => command('--dry-run')],
      ['first run', command],
      ['again, nothing changed', command],
    ].map(([work, measure]) => ({ work, count, ...measure() }));
    rmSync(folder, { recursive: true });
    return rows;
  });
}

/** The whole archive several times over. */
function copies({ project, scratch, runs, quick }) {
  return COPIES.filter((count) => !quick || count <= 2).map((count) => {
    const folder = copiedProject(project, scratch, count);
    const measured = medianOf(Math.min(runs, 3), () => {
      rmSync(join(folder, 'export'), { recursive: true, force: true });
      return measureCommand(folder, scratch, ['all', '--jobs', '2', '--quiet', '--seed', '7']);
    });
    rmSync(folder, { recursive: true });
    return { copies: count, ...measured };
  });
}

/** From this length on one run tells enough: what chance adds to it is small, and it takes minutes. */
const LONG_MINUTES = 30;

/** One song of growing length, as WAV and as FLAC. */
async function lengths({ project, scratch, runs, quick }) {
  const rows = [];
  for (const minutes of MINUTES.filter((each) => !quick || each <= 10)) {
    const wav = await longSong(project, scratch, 60 * minutes);
    for (const song of [wav, asFlac(wav)].filter(Boolean)) {
      for (const [work, folders] of Object.entries(LONG_WORK)) {
        const folder = songProject(project, scratch, song, folders);
        const measured = medianOf(minutes < LONG_MINUTES ? Math.min(runs, 3) : 1, () => {
          rmSync(join(folder, 'export'), { recursive: true, force: true });
          return measureCommand(folder, scratch, [work, '--jobs', '1', '--quiet', '--seed', '7']);
        });
        rmSync(folder, { recursive: true });
        rows.push({ work, format: song.split('.').at(-1), minutes, bytes: statSync(song).size, ...measured });
      }
      if (song !== wav) rmSync(song);
    }
    rmSync(wav);
  }
  return rows;
}
