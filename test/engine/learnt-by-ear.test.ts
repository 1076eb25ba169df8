/** What is learnt of what was heard, with workers that hear at the test's word. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { plan } from '../../src/engine/plan.ts';
import { type RouteOptions, routeByKind } from '../../src/engine/route-by-kind.ts';
import type { Route } from '../../src/engine/routes.ts';
import { phaseIds } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { sha256Of } from '../../src/platform/sha256.ts';
import { put, wav } from '../end-to-end/afterglow.ts';
import { mono } from '../signals.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-learnt-'));
  for (const [i, name] of ['a.wav', 'b.wav', 'c.wav'].entries())
    await put(folder, `in/${name}`, wav(mono(new Float32Array(100 + i)), 16));
});
afterEach(() => rm(folder, { recursive: true }));

const ROUTE: Route = { kind: 'hit', by: 'ear', confidence: 1, reason: { code: 'unreadable' } };

interface Events {
  /** The nth file, from 1 on, is listened to. */
  hear(nth: number, path: string): Promise<void>;
  /** The nth file is about to be hashed. */
  hash?(nth: number): Promise<void>;
  hashed?(nth: number): unknown;
}

/** One worker hears, and one lane hashes beside it. */
async function routed({ hear, hash, hashed }: Events, options: RouteOptions = {}) {
  const projectFolder = join(folder, 'in');
  const { settings } = parseConfig("paths: { export_dir: '../out' }", 'config.yaml');
  const whole = await plan(nodePlatform, {
    ...{ projectFolder, from: projectFolder, settings, seed: 7 },
    phases: phaseIds(),
  });
  let [heardFiles, opened, done] = [0, 0, 0];
  const platform: Platform = {
    ...nodePlatform,
    workers: {
      open: () => ({
        run: async (_, path) => {
          await hear(++heardFiles, path as string);
          return ROUTE;
        },
        stop() {},
        async close() {},
      }),
    },
    sha256Of: async (bytes) => {
      const hex = await nodePlatform.sha256Of(bytes);
      hashed?.(++done);
      return hex;
    },
    files: {
      ...nodePlatform.files,
      open: async (path) => {
        await hash?.(++opened);
        return nodePlatform.files.open(path);
      },
    },
  };
  const { learnt = [] } = await routeByKind(platform, whole, { jobs: 1, ...options });
  return learnt.flatMap((entry) => ('heard' in entry ? [entry.heard.sha256] : []));
}

/** Something to wait for until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const digest = async (path: string) => sha256Of(await readFile(path));

it('a file that is rewritten while it is heard, and hashed afterwards, is not learnt', async () => {
  const rewritten = gate();
  const paths: string[] = [];
  const learnt = await routed({
    async hear(nth, path) {
      paths.push(path);
      if (nth < 3) return;
      writeFileSync(path, 'another sound');
      rewritten.open();
    },
    hash: () => rewritten.opened,
  });
  expect(learnt).toEqual(await Promise.all(paths.slice(0, 2).map(digest)));
});

it('a file that is hashed, and rewritten while it is heard, is not learnt', async () => {
  const allHashed = gate();
  const paths: string[] = [];
  const learnt = await routed({
    async hear(nth, path) {
      paths.push(path);
      if (nth < 3) return;
      await allHashed.opened;
      await setImmediate();
      writeFileSync(path, 'another sound');
    },
    hashed: (nth) => nth === 3 && allHashed.open(),
  });
  expect(learnt).toEqual(await Promise.all(paths.slice(0, 2).map(digest)));
});

it('what was heard before an abort is learnt, also where it was not hashed yet', async () => {
  const stopping = new AbortController();
  const stopped = gate();
  const paths: string[] = [];
  const learnt = await routed(
    {
      async hear(nth, path) {
        paths.push(path);
        if (nth < 2) return;
        stopping.abort();
        stopped.open();
      },
      hash: () => stopped.opened,
    },
    { signal: stopping.signal },
  );
  expect(paths).toHaveLength(2);
  expect(learnt).toEqual(await Promise.all(paths.map(digest)));
});

it('nothing is hashed any more once it has thrown', async () => {
  const broken = gate();
  let [begun, ended] = [0, 0];
  const listening = routed({
    async hear(nth) {
      if (nth < 2) return;
      broken.open();
      throw new Error('broke down');
    },
    async hash(nth) {
      begun = nth;
      await broken.opened;
      await setTimeout(20);
    },
    hashed(nth) {
      ended = nth;
    },
  });
  await expect(listening).rejects.toThrow('broke down');
  expect([begun, ended]).toEqual([1, 1]);
  await setTimeout(60);
  expect([begun, ended]).toEqual([1, 1]);
});
