import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { runTasks } from '../../src/engine/run-tasks.ts';
import type { Task } from '../../src/engine/task.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const SECOND = 176_400;

/** A source of so many bytes. */
function source(name: string, bytes: number): Task {
  const path = `/archive/${name}`;
  const settings = defaultSettings();
  return { path, source: name, origin: name, name, bytes, makers: ['pads'], settings, seed: 7 };
}

/** Whether threads are begun that keep little room, for these sources. */
async function keepsLittle(tasks: readonly Task[]): Promise<boolean[]> {
  const begun: boolean[] = [];
  const workers = {
    open(_: number, isSmall: boolean) {
      begun.push(isSmall);
      return { run: async () => undefined, stop() {}, async close() {} };
    },
  };
  const location = { exportFolder: '/archive/export', exportRoot: null };
  const all = { location, families: FAMILIES, impresses: false };
  const { signal } = new AbortController();
  await runTasks({ ...nodePlatform, workers }, tasks, all, 2, () => {}, signal);
  return begun;
}

it('threads keep little room where the sources are one-shots, whatever they are packed in', async () => {
  const hits = Array.from({ length: 20 }, (_, i) => source(`hit ${i}.wav`, 0.3 * SECOND));
  expect(await keepsLittle(hits)).toEqual([true]);
  expect(await keepsLittle([...hits, source('song.wav', 200 * SECOND)])).toEqual([false]);
  expect(await keepsLittle([source('second.wav', 0.9 * SECOND)])).toEqual([true]);
  expect(await keepsLittle([source('seconds.mp3', 0.9 * SECOND)])).toEqual([false]);
});
