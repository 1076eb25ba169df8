/** The pool of worker threads, as it is built: a thread runs no TypeScript. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerPool, Workers } from '../../src/platform/platform.ts';

const built = new URL('../../dist/platform/node/workers.js', import.meta.url).href;
const { nodeWorkers }: { nodeWorkers: Workers } = await import(built);
const HIT = fileURLToPath(new URL('../formats/fixtures/', import.meta.url));

let pool: WorkerPool;
afterEach(() => pool.close());

const recognise = (path: string) => pool.run('recognise-kind', path, () => undefined);

describe('worker threads', () => {
  it('do more jobs than there are threads, each with its own result', async () => {
    pool = nodeWorkers.open(2, false);
    const found = await Promise.all([1, 2, 3, 4, 5].map((i) => recognise(`${HIT}missing-${i}.wav`)));
    expect(found).toEqual([null, null, null, null, null]);
  });

  it('throw what a job throws, and go on', async () => {
    pool = nodeWorkers.open(1, false);
    await expect(pool.run('no-such-job', null, () => undefined)).rejects.toThrow(TypeError);
    expect(await recognise(`${HIT}missing.wav`)).toBeNull();
  });

  it('say that a thread broke down, and go on in another', async () => {
    pool = nodeWorkers.open(1, false);
    // What it gives back holds functions, which neither a result nor an error can.
    await expect(pool.run('constructor', null, () => undefined)).rejects.toThrow();
    expect(await recognise(`${HIT}missing.wav`)).toBeNull();
  });

  it('that are closed take no more jobs, and no new ones begin in their stead', async () => {
    pool = nodeWorkers.open(1, false);
    const jobs = Promise.allSettled([1, 2].map((i) => recognise(`${HIT}missing-${i}.wav`)));
    await pool.close();
    expect((await jobs).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(recognise(`${HIT}missing.wav`)).rejects.toThrow('closed');
  });
});
