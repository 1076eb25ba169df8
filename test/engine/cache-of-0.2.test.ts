/** What a run notes in the cache, and what 0.2.0 noted, which was sentences where there is data now. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runDocument } from '../../src/cli/documents.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RunResult, run } from '../../src/engine/run.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, wav } from '../end-to-end/afterglow.ts';

/** A loop of grade F and a flicker of too high a crest, which are dropped; too few flickers; and a source that is silent on one side. */
const CONFIG = `
global: { sample_rate: 22050, output_bit_depth: 16 }
hiss: { loop_duration_sec: 0.4, hiss_loops_per_source: 1, flicker_count: 30 }
curation: { auto_delete_grade_f: true, thresholds: { max_crest_factor: 11.5 } }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-noted-'));
  await mkdir(join(folder, 'drums'));
  const { channels, sampleRate } = beat(1, 22_050);
  const oneSided = { sampleRate, channels: [channels[0], new Float32Array(channels[0].length)] };
  await writeFile(join(folder, 'drums/beat.wav'), wav(oneSided, 16));
});
afterEach(() => rm(folder, { recursive: true }));

const cachePath = () => join(folder, 'export/tr8s/.afterglow-cache.jsonl');

async function go(): Promise<RunResult & { readonly document: Record<string, unknown> }> {
  const { settings } = parseConfig(CONFIG, 'config.yaml');
  const planned = await plan(nodePlatform, {
    projectFolder: folder,
    settings,
    seed: 3,
    phases: ['make-hiss'],
  });
  const result = await run(nodePlatform, planned, { jobs: 0 });
  expect(result.failed).toEqual([]);
  return { ...result, document: runDocument(planned, result) as Record<string, unknown> };
}

/** The cache as 0.2.0 would have left it: with the words of what this engine notes as data. */
async function asBefore({ document }: Awaited<ReturnType<typeof go>>): Promise<void> {
  const told = document as {
    passedOver: { reason: string }[];
    warnings: { message: string }[];
  };
  const gradeText = new Map(
    (['textures', 'dropped', 'upToDate'] as const)
      .flatMap((list) => document[list] as { path: string; gradeReasons: string }[])
      .map(({ path, gradeReasons }) => [path, gradeReasons]),
  );
  const texture = (one: { path: string }) => ({ ...one, gradeReasons: gradeText.get(one.path) });
  const lines = (await readFile(cachePath(), 'utf8')).trimEnd().split('\n');
  const before = lines.map((line) => {
    const entry = JSON.parse(line);
    if (entry.known) return { known: { ...entry.known, texture: texture(entry.known.texture) } };
    if (!entry.unit) return entry;
    return {
      unit: {
        ...entry.unit,
        dropped: entry.unit.dropped.map(texture),
        passedOver: told.passedOver.map(({ reason }, i) => ({ ...entry.unit.passedOver[i], reason })),
        warnings: told.warnings.map(({ message }) => message),
      },
    };
  });
  await writeFile(cachePath(), before.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
}

it('keeps what is data as data', async () => {
  const first = await go();
  expect(first.skipped[0].reason).toMatchObject({ code: 'few-flickers', wanted: 30 });
  const codes = first.dropped.flatMap(({ gradeReasons }) => gradeReasons.map(({ code }) => code));
  expect(codes).toContain('crest-high');
  expect(first.warnings[0].notice).toEqual({ code: 'stereo-fault', fault: 'right silent' });
  const unit = (await readFile(cachePath(), 'utf8')).split('\n').find((line) => line.startsWith('{"unit"'));
  expect(JSON.parse(unit!).unit).toMatchObject({
    passedOver: [{ reason: first.skipped[0].reason }],
    dropped: expect.arrayContaining(first.dropped.map(({ source: _, ...texture }) => texture)),
    warnings: [{ code: 'stereo-fault', fault: 'right silent' }],
  });
  const second = await go();
  expect(second).toMatchObject({ textures: [], sourcesUpToDate: 1, skipped: first.skipped });
  expect(second.dropped).toEqual(first.dropped);
});

it('takes sentences for what they are: nothing is made again, and all is told as it was', async () => {
  const first = await go();
  await asBefore(first);
  const second = await go();
  expect(second).toMatchObject({ textures: [], sourcesUpToDate: 1 });
  const texts = ({ document }: typeof first) => ({
    skipped: (document.passedOver as { reason: string }[]).map(({ reason }) => reason),
    dropped: (document.dropped as { gradeReasons: string }[]).map(({ gradeReasons }) => gradeReasons),
    warnings: (document.warnings as { message: string }[]).map(({ message }) => message),
  });
  expect(texts(second)).toEqual(texts(first));
  expect(second.skipped[0].reason).toEqual({
    code: 'in-words',
    words: expect.stringMatching(/^only \d+ of 30 flickers: /),
  });
  // And they go on being what they are.
  expect(texts(await go())).toEqual(texts(first));
});
