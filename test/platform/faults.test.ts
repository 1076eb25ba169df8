/**
 * Writes of every kind of every command fail once, and the power goes once after each: the next run comes to the same
 * bytes, and nothing that is somebody's is lost. Over a disk in memory, so that its state between two writes is at hand.
 */
import { beforeAll, expect, it } from 'vitest';
import { writeAtomic } from '../../src/archive/write.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { type DecisionChange, decide } from '../../src/engine/decide.ts';
import { writeDemoArchive } from '../../src/engine/demo/archive.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import { merge } from '../../src/engine/merge.ts';
import { plan } from '../../src/engine/plan.ts';
import { createProject } from '../../src/engine/project.ts';
import { type RunOptions, run } from '../../src/engine/run.ts';
import type { PlanRequest } from '../../src/engine/task.ts';
import type { PhaseId } from '../../src/families/family.ts';
import { batch } from '../../src/palette/batch.ts';
import { curate } from '../../src/palette/curate.ts';
import { writeInstruments } from '../../src/palette/instrument.ts';
import { makeKit } from '../../src/palette/kit.ts';
import { texturesNamed } from '../../src/palette/named.ts';
import { openPalette } from '../../src/palette/palette.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { render } from '../../src/palette/render.ts';
import { writeReport } from '../../src/palette/report.ts';
import { dirname } from '../../src/paths.ts';
import { afterPowerCut, copyOfDisk, type MemoryDisk, memoryDisk } from '../../src/platform/memory/disk.ts';
import type { FailsAt, Step } from '../../src/platform/memory/faults.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { kick, played, snare } from '../families/drumming.ts';
import { chord, mono } from '../signals.ts';

/** About the lowest rate, to which made drums are brought by keeping every fifth sample. */
const LOW_RATE = 8820;

/** Few and short textures: what is tested is where they go. */
const CONFIG = `
global: { sample_rate: ${LOW_RATE}, output_bit_depth: 16 }
drones: { pad_loop_duration_sec: 0.5, pad_variants: [warm], swell_duration_sec: 0.6, fade_out_sec: 0.2, pitch_shift_semitones: [0],
  time_stretch_factors: [1.0], enable_reversal: false, drone_duration_sec: 0 }
clouds: { clouds_per_source: 0 }
hiss: { bandpass_low_hz: 300, bandpass_high_hz: 3800, loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 0 }
curation: { per_family: 1 }
`;
const EXPORT = '/archive/export';
const PLACE = { exportFolder: EXPORT, exportRoot: EXPORT };
const PHASES: readonly PhaseId[] = ['make-drones', 'make-hiss', 'mine-drums'];

/** Starts a machine on a disk: what it knew before is gone. */
function started(disk: MemoryDisk, failsAt: FailsAt = () => false): Platform {
  // The report's script is the same in every page, so it is left out.
  const read = async (path: string) => (path.startsWith('profiles/') ? nodePlatform.shipped.read(path) : '');
  const shipped = { ...nodePlatform.shipped, read };
  return {
    ...memoryPlatform({ disk, failsAt, shipped }),
    sha256: nodePlatform.sha256,
    sha256Of: nodePlatform.sha256Of,
  };
}

const TONE = wav(mono(chord([57, 61, 64], 2 * LOW_RATE, 0.5, LOW_RATE), LOW_RATE));

const drums = (...[hits, seconds]: Parameters<typeof played>) =>
  wav(
    mono(
      played(hits, seconds).filter((_, n) => n % 5 === 0),
      LOW_RATE,
    ),
  );

type Command = (platform: Platform) => Promise<unknown>;

function runOf(
  seed: number,
  request: Partial<PlanRequest> = {},
  folder = EXPORT,
  options: RunOptions = {},
): Command {
  const { settings } = parseConfig(`${CONFIG}paths: { export_dir: ${folder} }`, 'config.yaml');
  const asked = { projectFolder: '/archive', settings, seed, phases: PHASES, ...request };
  return async (platform) => run(platform, await plan(platform, asked), { jobs: 0, ...options });
}

const batchOf: Command = async (platform) => {
  const { steps } = await batch(platform, {
    ...{ ...PLACE, input: '/archive', project: 'DIG', profiles: ['generic'], seed: 1, anySeed: false },
    ...{ settings: parseConfig(CONFIG, 'config.yaml').settings, run: { jobs: 0 }, force: false },
  });
  // A step tells of whatever was thrown in it, and the batch goes on.
  for (const { reason } of steps) {
    if (reason?.code === 'unforeseen') expect(reason.thrown).toMatch(/^Error: (EIO|ENOSPC): /);
  }
};

/** As `init --force`: without it a config that is there already is taken for a whole project. */
const initOf: Command = (platform) =>
  createProject(platform, '/archive', parseConfig('', 'config.yaml').settings);

const demoOf: Command = (platform) => writeDemoArchive(platform, '/archive');

/** As the command line writes what was rendered. */
const renderOf: Command = async (platform) => {
  const palette = await openPalette(platform, EXPORT);
  const request = { own: { folder: '/archive' }, changes: {}, onProgress: () => {} };
  const wanted = texturesNamed(platform, palette, 'beat/drums/beat_drum003.wav');
  for await (const one of render(platform, palette, wanted, request)) {
    if (one.bytes === null) throw new Error(`not rendered: ${one.reason.code}`);
    await writeAtomic(platform, '/archive/rendered/again.wav', one.bytes, '/archive/rendered');
  }
};

const curateOf: Command = (platform) =>
  curate(platform, {
    ...{ ...PLACE, outFolder: `${EXPORT}/_mine`, force: true, dryRun: false },
    ...{ count: 1, families: null, leastGrade: 'B' },
  });

const kitOf: Command = async (platform) =>
  makeKit(platform, { ...PLACE, profile: await readProfile(platform, 'generic'), name: 'K', force: true });

const instrumentsOf: Command = (platform) =>
  writeInstruments(platform, {
    ...{ exportFolder: EXPORT, root: EXPORT, name: 'I', formats: ['sfz', 'decentsampler', 'bitwig'] },
    ...{ out: null, force: true },
  });

const reportOf: Command = (platform) =>
  writeReport(platform, {
    ...{ exportFolder: EXPORT, root: EXPORT, path: `${EXPORT}/report.html`, previews: 'small' },
  });

const decisionOf =
  (path: string, change: DecisionChange): Command =>
  (platform) =>
    decide(platform, PLACE, new Map([[path, change]]));

const mergeOf =
  (...shards: readonly string[]): Command =>
  (platform) =>
    merge(platform, shards, PLACE, { projectFolder: '/archive' });

/** Only sources, nothing made of them. */
const archive = memoryDisk();
/** Everything was made, and somebody has lived with it. */
let livedIn: MemoryDisk;
/** A batch of few textures, of which one is gone again, and another was decided on. */
const worn = memoryDisk();
/** What is somebody's on a disk, by path: no command may ever change it. */
const theirs = new Map<MemoryDisk, Set<string>>();
/** In the place of most of a demo lies what is somebody's. */
const demoPlace = memoryDisk();
/** Two shards, apart; and when the first was merged, and something of it decided on. */
let apart: MemoryDisk;
let shards: MemoryDisk;

async function put(disk: MemoryDisk, path: string, bytes: Uint8Array): Promise<void> {
  const { files } = started(disk);
  await files.remove(path);
  await files.write(path, bytes);
}

async function putTheirs(disk: MemoryDisk, path: string, bytes: Uint8Array): Promise<void> {
  await put(disk, path, bytes);
  becomesTheirs(disk, path);
}

function becomesTheirs(disk: MemoryDisk, path: string): void {
  theirs.set(disk, (theirs.get(disk) ?? new Set()).add(path));
}

beforeAll(async () => {
  const { files } = started(archive);
  for (const folder of ['', '/pad_sources', '/drums']) await files.makeFolder(`/archive${folder}`);
  await put(archive, '/archive/pad_sources/tone.wav', TONE);
  const beat = [
    [0.1, snare('a')],
    [0.5, kick()],
    [0.9, snare('b')],
  ] as const;
  await put(archive, '/archive/drums/beat.wav', drums(beat, 1.5));

  for (const folder of ['', '/source_audio', '/pad_sources']) {
    await started(demoPlace).files.makeFolder(`/archive${folder}`);
  }
  for (const path of [
    'source_audio/night_ferry.wav',
    'pad_sources/glass_choir.aiff',
    'pad_sources/warm_chord.wav',
  ]) {
    await put(demoPlace, `/archive/${path}`, new TextEncoder().encode('mine'));
  }

  livedIn = copyOfDisk(archive);
  await put(livedIn, '/archive/drums/gone.wav', drums([[0.1, snare('gone')]], 0.8));
  const inOneGo = async (...commands: readonly Command[]) => {
    for (const command of commands) await command(started(livedIn));
  };
  await inOneGo(batchOf, curateOf, kitOf, instrumentsOf);
  await inOneGo(
    decisionOf('tone/pads/tone_pad_warm.wav', { stars: 4, note: 'for the bridge' }),
    decisionOf('beat/hiss/hiss_loop_beat_01.wav', { name: 'tape bed' }),
    decisionOf('beat/drums/beat_drum001.wav', { decision: 'reject' }),
  );
  const edited = `${EXPORT}/beat/drums/beat_drum002.wav`;
  await putTheirs(livedIn, edited, (await started(livedIn).files.read(edited)).fill(0, 60, 90));
  for (const folder of ['_mine', '_kits/K', '_kits/I']) {
    const bytes = new TextEncoder().encode(`mine, in ${folder}`);
    await putTheirs(livedIn, `${EXPORT}/${folder}/notes.txt`, bytes);
    // Called as what earlier versions set aside.
    const namesake = folder.replace(/\w+$/, '.$&.old');
    await started(livedIn).files.makeFolder(`${EXPORT}/${namesake}`);
    await putTheirs(livedIn, `${EXPORT}/${namesake}/notes.txt`, bytes);
  }
  await started(livedIn).files.remove('/archive/drums/gone.wav');
  await put(livedIn, '/archive/drums/new.wav', drums([[0.1, snare('new')]], 0.7));
  for (const path of ['tone/pads/tone_pad_warm.wav', 'beat/hiss/hiss_loop_beat_01.wav']) {
    becomesTheirs(livedIn, `${EXPORT}/${path}`);
  }

  for (const folder of ['', '/pad_sources', '/drums']) {
    await started(worn).files.makeFolder(`/archive${folder}`);
  }
  await put(worn, '/archive/pad_sources/tone.wav', TONE);
  await put(worn, '/archive/drums/hit.wav', drums([[0.1, snare('hit')]], 0.7));
  await batchOf(started(worn));
  await started(worn).files.remove(`${EXPORT}/hit/drums/hit_drum001.wav`);
  await decisionOf('hit/hiss/hiss_loop_hit_01.wav', { decision: 'keep', name: 'bed' })(started(worn));
  becomesTheirs(worn, `${EXPORT}/hit/hiss/hiss_loop_hit_01.wav`);
  await putTheirs(worn, `${EXPORT}/hit/notes.txt`, new TextEncoder().encode('mine'));

  apart = copyOfDisk(archive);
  for (const index of [1, 2])
    await runOf(1, { shard: { index, count: 2 } }, `/archive/shard${index}`)(started(apart));
  shards = copyOfDisk(apart);
  await mergeOf('/archive/shard1')(started(shards));
  const [listed] = textureFiles(shards);
  await decisionOf(listed.slice(EXPORT.length + 1), { stars: 3 })(started(shards));
});

function textureFiles({ entries }: MemoryDisk): string[] {
  return [...entries.keys()].filter((path) => path.startsWith(EXPORT) && path.endsWith('.wav')).sort();
}

/** What may differ: what is remembered holds times, and the log what happened. */
const UNCOMPARED = [
  '.afterglow-cache.jsonl',
  '.afterglow-impressions',
  '.afterglow-steps.json',
  'run.jsonl',
].map((name) => `${EXPORT}/${name}`);

/** Half written: what takes the export folder for itself removes it, a report or a decision leaves it to that. */
const TEMPORARY = /\/\.afterglow-[\d-]+\.tmp$/;

const digests = new WeakMap<Uint8Array, string>();

function digestOf(bytes: Uint8Array): string {
  const known = digests.get(bytes);
  if (known !== undefined) return known;
  const hash = nodePlatform.sha256();
  hash.update(bytes);
  const digest = hash.hex();
  digests.set(bytes, digest);
  return digest;
}

function contentOf(entry: Entry | undefined): string {
  if (entry === undefined) return 'nothing';
  return entry === null ? 'a folder' : digestOf(entry.content as Uint8Array);
}

type Entry = MemoryDisk['entries'] extends Map<string, infer Value> ? Value : never;

/** Where pruning was cut short, folders that it had emptied stay: no sound is in them, and the next run sees no file to prune. */
const EMPTIED = /^\/archive\/export\/gone(\/|$)/;

/** All that a disk holds: files by their digests, and folders. */
function contents({ entries }: MemoryDisk, sweeps = true): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [path, entry] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (UNCOMPARED.includes(path) || (!sweeps && TEMPORARY.test(path))) continue;
    if (entry === null && EMPTIED.test(path)) continue;
    all[path] = contentOf(entry);
  }
  return all;
}

/** Whether an error is the one that was injected, or was made of it. */
function isInjected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(EIO|ENOSPC): \//.test(error.message) || isInjected(error.cause);
}

function isSame(some: MemoryDisk, other: MemoryDisk): boolean {
  const bytesAt = (path: string) => other.entries.get(path)?.content;
  const entries = [...some.entries];
  return (
    entries.length === other.entries.size &&
    entries.every(([path, entry]) => entry?.content === bytesAt(path))
  );
}

/** Does a command undisturbed. @returns its steps, and what a power cut leaves after each of them */
async function watched(base: MemoryDisk, command: Command) {
  const disk = copyOfDisk(base);
  const steps: Step[] = [];
  const cut: MemoryDisk[] = [];
  const platform = started(disk, (step) => {
    if (steps.length > 0) cut.push(afterPowerCut(disk));
    steps.push(step);
    return false;
  });
  await command(platform);
  cut.push(afterPowerCut(disk));
  return { disk, steps, cut };
}

/**
 * Of the steps that do the same in the same folder to files of the same ending, the first is tried and then every so many;
 * AFTERGLOW_FAULTS=1 tries them all, as the workflow on GitHub does once.
 */
const EVERY = Number(process.env.AFTERGLOW_FAULTS || 6);

function triedOf(steps: readonly Step[]): Set<number> {
  const seen = new Map<string, number>();
  return new Set(
    [...steps.keys()].filter((at) => {
      const kind = `${steps[at].what} ${dirname(steps[at].path)} ${/\.\w+$/.exec(steps[at].path)}`;
      const before = seen.get(kind) ?? 0;
      seen.set(kind, before + 1);
      return before % EVERY === 0;
    }),
  );
}

/** Points at which something failed and a command was run again, over all commands. */
let points = 0;

it.each([
  ['a run of an archive', () => archive, runOf(1)],
  [
    'a run of what somebody has lived with',
    () => livedIn,
    runOf(2, {}, EXPORT, { prune: true, beside: true }),
  ],
  ['batch', () => worn, batchOf],
  ['curate', () => livedIn, curateOf],
  ['kit', () => livedIn, kitOf],
  ['instrument', () => livedIn, instrumentsOf],
  ['report', () => livedIn, reportOf, false],
  [
    'a decision',
    () => livedIn,
    decisionOf('tone/swells/tone_swell01.wav', { decision: 'keep', note: 'intro' }),
    false,
  ],
  ['init', () => archive, initOf, false],
  ['demo', () => demoPlace, demoOf, false],
  ['render', () => livedIn, renderOf, false],
  ['merge', () => shards, mergeOf('/archive/shard1', '/archive/shard2')],
  ['merge into nothing', () => apart, mergeOf('/archive/shard1', '/archive/shard2')],
] as [string, () => MemoryDisk, Command, sweeps?: boolean][])('%s', async (_, base, command, sweeps) => {
  const undisturbed = await watched(base(), command);
  const wanted = contents(undisturbed.disk);
  // What lies outside the export folder is never written over, and never taken away.
  for (const [path, entry] of base().entries) {
    if (!path.startsWith(EXPORT))
      expect([path, undisturbed.disk.entries.get(path) === entry]).toEqual([path, true]);
  }
  const { steps, cut } = undisturbed;
  const tried = triedOf(steps);
  const isTheirs = (disk: MemoryDisk, after: Step | null) => {
    for (const path of theirs.get(base()) ?? []) {
      const was = contentOf(base().entries.get(path));
      expect([after, path, contentOf(disk.entries.get(path))]).toEqual([after, path, was]);
    }
  };
  isTheirs(undisturbed.disk, null);
  const completes = async (disk: MemoryDisk, what: string, at: number) => {
    await command(started(disk));
    expect([what, at, steps[at], contents(disk, sweeps)]).toEqual([what, at, steps[at], wanted]);
    points++;
  };
  for (const [at, disk] of cut.entries()) {
    // What nobody waited for, as lines of the log, may leave the disk as the step before left it.
    if (!tried.has(at) || (at > 0 && isSame(disk, cut[at - 1]))) continue;
    await completes(disk, 'the power is cut after', at);
  }
  for (const at of tried) {
    const disk = copyOfDisk(base());
    let step = 0;
    await command(started(disk, () => step++ === at)).catch((error) => {
      if (!isInjected(error)) throw error;
    });
    // At once, not only when the next run has put it back.
    isTheirs(disk, steps[at]);
    await completes(disk, 'is refused', at);
  }
});

it('what a run had put in its place when the power went is not taken for somebody’s', async () => {
  const { steps, cut } = await watched(archive, runOf(1));
  const placed = [...steps.keys()].filter(
    (at) => steps[at].what === 'rename' && steps[at].path.endsWith('.wav'),
  );
  expect(placed.length).toBeGreaterThan(3);
  for (const at of placed) {
    const left: string[] = [];
    const onEvent = (event: RunEvent) => void (event.kind === 'texture-protected' && left.push(event.path));
    await runOf(2, {}, EXPORT, { onEvent })(started(cut[at]));
    expect([steps[at], left]).toEqual([steps[at], []]);
  }
});

it('are a good many', () => {
  console.log(`${points} points of failure`);
  expect(points).toBeGreaterThan(EVERY === 1 ? 800 : 400);
});
