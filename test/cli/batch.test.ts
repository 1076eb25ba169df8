/** A batch as it is typed, with a step that throws what nobody foresaw. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { batch } from '../../src/cli/commands/batch.ts';
import { smallArchive } from '../end-to-end/afterglow.ts';

/** The function that throws, by name. */
const broken = vi.hoisted(() => ({ name: '' }));

async function breakable<Module extends object>(original: () => Promise<Module>, name: keyof Module) {
  const real = await original();
  const call = real[name] as (...args: unknown[]) => unknown;
  return {
    ...real,
    [name]: (...args: unknown[]) => {
      if (broken.name === name) throw new TypeError(`${String(name)} is beside itself`);
      return call(...args);
    },
  };
}

vi.mock(
  '../../src/engine/run.ts',
  async (original: () => Promise<typeof import('../../src/engine/run.ts')>) => breakable(original, 'run'),
);
vi.mock(
  '../../src/engine/plan-dust.ts',
  async (original: () => Promise<typeof import('../../src/engine/plan-dust.ts')>) =>
    breakable(original, 'planDust'),
);
vi.mock(
  '../../src/palette/curate.ts',
  async (original: () => Promise<typeof import('../../src/palette/curate.ts')>) =>
    breakable(original, 'curate'),
);
vi.mock(
  '../../src/palette/kit.ts',
  async (original: () => Promise<typeof import('../../src/palette/kit.ts')>) =>
    breakable(original, 'makeKit'),
);
vi.mock(
  '../../src/palette/instrument.ts',
  async (original: () => Promise<typeof import('../../src/palette/instrument.ts')>) =>
    breakable(original, 'writeInstruments'),
);
vi.mock(
  '../../src/palette/report.ts',
  async (original: () => Promise<typeof import('../../src/palette/report.ts')>) =>
    breakable(original, 'writeReport'),
);

let input: string;
let scratch: string;
let made: string;
beforeAll(async () => {
  input = await smallArchive();
  scratch = await mkdtemp(join(tmpdir(), 'afterglow-typed-'));
  made = join(scratch, 'made');
  await typed(made);
});
afterAll(() => Promise.all([input, scratch].map((folder) => rm(folder, { recursive: true }))));
afterEach(() => {
  broken.name = '';
});

/** Types `afterglow batch`, and hears what it says. */
async function typed(exportFolder: string, flags: { json?: boolean } = {}) {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += text;
      return true;
    }),
  );
  try {
    const request = { input, project: 'P', export: exportFolder, kit: ['tr8s'], jobs: 0, seed: 3 };
    return { ...said, code: await batch({ ...request, ...flags }), said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const entriesOf = async (exportFolder: string) =>
  (await readFile(join(exportFolder, 'run.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const STEPS = ['excavate', 'dust', 'curate', 'kit', 'instruments', 'report'];

describe('a step that throws what nobody foresaw', () => {
  it.each([
    ['run', ['excavate', 'dust'], 1],
    ['planDust', ['dust'], 1],
    ['curate', ['curate'], 3],
    ['makeKit', ['kit'], 4],
    ['writeInstruments', ['instruments'], 5],
    ['writeReport', ['report'], 6],
  ])('%s: the others are done, and code, log and summary tell', async (name, failing, code) => {
    const exportFolder = join(scratch, name);
    await cp(made, exportFolder, { recursive: true });
    await rm(join(exportFolder, 'run.jsonl'));
    broken.name = name;
    const outcome = await typed(exportFolder);
    expect(outcome.code).toBe(code);

    const entries = await entriesOf(exportFolder);
    const steps = entries.filter(({ kind }) => kind === 'step');
    expect(steps.map(({ step }) => step)).toEqual(STEPS);
    expect(steps.filter((step) => step.outcome !== 'done').map(({ step }) => step)).toEqual(failing);
    const unforeseen = entries.filter(({ kind }) => kind === 'unforeseen');
    expect(unforeseen).toHaveLength(failing.length);
    expect(unforeseen[0]).toMatchObject({
      error: `TypeError: ${name} is beside itself`,
      stack: expect.stringMatching(/at .*batch.*\.ts/),
    });

    const { stdout, stderr } = outcome.said;
    expect(stdout).toMatch(/^log +.*run\.jsonl\ndisk +[\d.]+ MB in .*\ntime +.* \(textures? .*; seed 3$/m);
    const last = stderr.trimEnd().split('\n').slice(-failing.length);
    expect(last).toEqual(
      failing.map((step) =>
        expect.stringMatching(
          new RegExp(
            `^\\[✗\\] ${step} \\(.*\\): Something unforeseen went wrong .*beside itself.*run\\.jsonl`,
          ),
        ),
      ),
    );
  });

  it('is told where there is not even an export folder', async () => {
    const exportFolder = join(scratch, 'never');
    broken.name = 'run';
    const { code, said } = await typed(exportFolder, { json: true });
    expect(code).toBe(1);
    const { steps, warnings, disk_bytes } = JSON.parse(said.stdout);
    expect(steps.map(({ outcome }: { outcome: string }) => outcome)).toEqual(STEPS.map(() => 'failed'));
    // A log needs a folder, and for its sake none is made.
    expect(warnings).toEqual([]);
    expect(disk_bytes).toBe(0);
  });
});
