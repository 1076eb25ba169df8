/** What a batch says at its start and end, line by line against what lies on the disk. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchExpectation, batchSummary, failedSteps, tooLittleRoom } from '../../src/cli/batch-summary.ts';
import { openProject } from '../../src/engine/project.ts';
import { type BatchResult, batch } from '../../src/palette/batch.ts';
import { readProfile } from '../../src/palette/profiles.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { put, smallArchive } from '../end-to-end/afterglow.ts';

let input: string;
let folder: string;
let exportFolder: string;
let result: BatchResult;
const expected: number[] = [];

const once = async () => {
  const { settings } = await openProject(nodePlatform, { folder: input, create: false });
  return batch(
    nodePlatform,
    {
      ...{ input, exportFolder, exportRoot: exportFolder, project: 'P', profiles: ['tr8s', 'm8'] },
      ...{ settings, seed: 3, anySeed: true, run: { jobs: 0 }, force: false },
    },
    { expects: ({ sources }) => expected.push(sources) },
  );
};
beforeAll(async () => {
  input = await smallArchive();
  await put(input, 'drums/torn.wav', 'RIFF');
  folder = await mkdtemp(join(tmpdir(), 'afterglow-said-'));
  exportFolder = join(folder, "it's mine/DIG 1");
  result = await once();
});
afterAll(() => Promise.all([input, folder].map((each) => rm(each, { recursive: true }))));

/** Sizes of all files below a folder of the export, by path. */
async function sizes(below = '.'): Promise<Map<string, number>> {
  const entries = await readdir(join(exportFolder, below), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(await Promise.all(files.map(async (file) => [file, (await stat(file)).size] as const)));
}
const count = (files: Map<string, number>, ending: string) =>
  [...files.keys()].filter((file) => file.endsWith(ending)).length;
const sum = (files: Map<string, number>) => [...files.values()].reduce((all, bytes) => all + bytes, 0);

/** The bytes that a line tells, in three digits: `947 kB`. */
function sizeIn(text: string, line: RegExp): number {
  const [figure, unit] = line.exec(text)![1].split(' ');
  return Number(figure) * { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[unit]!;
}

describe('the closing summary', () => {
  it('counts what lies there, dust too', async () => {
    const text = batchSummary(result);
    const all = await sizes();
    const [curated, kits] = [await sizes('_curated'), await sizes('_kits')];
    const textures = count(all, '.wav') - count(curated, '.wav') - count(kits, '.wav');
    expect(text).toMatch(/^dust( +\d+){3} +[1-9]\d*$/m);
    expect(text).toMatch(new RegExp(`^together( +\\d+){3} +${textures}$`, 'm'));
    expect(text).toContain(`textures     ${textures} made; manifest.csv lists ${textures}`);
    expect(text).toContain(`curated      ${count(curated, '.wav')} textures in `);
    for (const kit of ['P_TR8S', 'P_M8']) {
      const samples = count(await sizes(`_kits/${kit}`), '.wav');
      expect(text).toMatch(new RegExp(`^kit +${samples} samples in .*_kits/${kit}$`, 'm'));
    }
    const inFolder = await readdir(join(exportFolder, '_kits/P'), { recursive: true });
    const files = inFolder.filter((name) => /\.(sfz|dspreset|multisample)$/.test(name));
    expect(text).toMatch(new RegExp(`^instruments +${files.length} files in .*_kits/P$`, 'm'));
    const report = await stat(join(exportFolder, 'report.html'));
    expect(sizeIn(text, /^report +.*report\.html \((.*)\)$/m) / report.size).toBeCloseTo(1, 1);
    expect(sizeIn(text, /^disk +(\S+ \S+) in /m) / sum(all)).toBeCloseTo(1, 2);
    expect(result.diskBytes).toBe(sum(all));
  });

  it('gives the time of all steps, and together no less', () => {
    // Of a machine so fast that none of them takes a minute.
    const quick = (seconds: number) => seconds / 1000;
    const steps = result.steps.map((step) => ({ ...step, seconds: quick(step.seconds) }));
    const text = batchSummary({ ...result, steps, seconds: quick(result.seconds) });
    const [, seconds, each] = /^time +([\d.]+) s \((.*)\); seed 3$/m.exec(text)!;
    expect(each.replace(/ [\d.]+ s/g, '')).toBe(
      'textures, dust, curate, kit P_TR8S, kit P_M8, instruments, report',
    );
    const added = steps.reduce((total, step) => total + step.seconds, 0);
    expect(Number(seconds)).toBeGreaterThan(added - 0.06);
  });

  it("says what to do next: the device's own words, and a command that a shell takes", async () => {
    const text = batchSummary(result);
    for (const id of ['tr8s', 'm8']) {
      const { device, loading } = await readProfile(nodePlatform, id);
      expect(text).toContain(
        `  ${device}: ${loading} (${result.kits.find(({ profile }) => profile.id === id)?.folder}`,
      );
    }
    const [, command] = /^ {2}afterglow studio (.*): listen, keep/m.exec(text)!;
    expect(spawnSync('sh', ['-c', `printf %s ${command}`], { encoding: 'utf8' }).stdout).toBe(exportFolder);
    expect(text.indexOf('next\n')).toBeGreaterThan(text.indexOf('time  '));
  });

  it('ends with what failed', () => {
    expect(batchSummary(result)).toMatch(/\n\nfailed\n {2}drums\/torn\.wav: “torn\.wav” [^\n]*$/);
    // A broken file is told, and no failed step.
    expect(failedSteps(result).map(({ step, reason }) => [step, reason])).toEqual([]);
  });

  it('says of a second one that all is there', async () => {
    const again = await once();
    const text = batchSummary(again);
    const rows = again.dust?.manifestRows;
    expect(text).toMatch(new RegExp(`^Nothing to make: ${rows} textures of \\d+ sources are up to date`));
    expect(text).toContain(`0 made, ${rows} up to date; manifest.csv lists ${rows}`);
    // The broken source is tried each time.
    expect(expected).toEqual([4, 1]);
  });
});

describe('the expectation', () => {
  const said = (seconds: readonly [number, number]) =>
    batchExpectation({ sources: 2, mostBytes: 540e6, freeBytes: 82e9, seconds }, '/x/DIG1', ['tr8s']);

  it.each<[[number, number], string]>([
    [[0.9, 3.6], 'less than a minute'],
    [[15, 60], 'less than a minute'],
    [[30, 120], 'up to 2 minutes'],
    [[300, 1200], '5 to 20 minutes'],
    [[1740, 6960], '29 to 116 minutes'],
    [[5400, 21_600], '1.5 to 6 hours'],
    [[40_000, 160_000], '11 to 44 hours'],
  ])('tells %j seconds as %s', (seconds, words) => {
    expect(said(seconds)).toBe(
      `textures into /x/DIG1: at most 540 MB of 82 GB free, in ${words}; then dust, curate, kit tr8s, instruments, report`,
    );
  });

  it('says that there is nothing to make', () => {
    const nothing = { sources: 0, mostBytes: 0, freeBytes: 1, seconds: [0, 0] } as const;
    expect(batchExpectation(nothing, '/x/DIG1', [])).toBe(
      'textures in /x/DIG1 are up to date; then dust, curate, instruments, report',
    );
  });

  it('warns of a disk that may be too small', () => {
    const seconds = [1, 4] as const;
    expect(tooLittleRoom({ sources: 1, mostBytes: 2e9, freeBytes: 1e9, seconds })).toMatch(
      /2 GB may be made, and 1 GB are free; make room, or .* --export$/,
    );
    expect(tooLittleRoom({ sources: 1, mostBytes: 1e9, freeBytes: 1e9, seconds })).toBeNull();
    expect(tooLittleRoom({ sources: 1, mostBytes: 1e9, freeBytes: null, seconds })).toBeNull();
  });
});
