/** The tasks of a run, side by side. */
import { FAMILIES } from '../families/index.ts';
import { inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import { admit } from './admission.ts';
import type { Emit } from './events.ts';
import type { Excavation } from './excavate.ts';
import { pcmBytes } from './pcm-bytes.ts';
import type { Task } from './task.ts';
import { type JobPool, openJobPool } from './workers.ts';

/**
 * @param wantedJobs how many at once; 0 works in the caller's own thread; undefined is as many as the machine takes
 * @param signal ends it early: what is under way ends at the next good moment
 */
export async function runTasks(
  platform: Platform,
  tasks: readonly Task[],
  { families, ...all }: Required<Omit<Excavation, 'task'>>,
  wantedJobs: number | undefined,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const jobs = wantedJobs ?? chooseJobs(platform, tasks, emit);
  const lanes = Math.min(Math.max(jobs, 1), tasks.length);
  // A thread of its own knows no families but those of this program.
  const isOwnThread = jobs === 0 || families !== FAMILIES;
  const pool = openJobPool(platform, isOwnThread ? 0 : lanes, signal, areOneShots(tasks));
  const work = isOwnThread ? { ...all, families } : all;
  try {
    await inLanes(tasks, lanes, signal, (task) => runTask(pool, { task, ...work }, emit, signal));
  } finally {
    await pool.close();
  }
}

/** Sources shorter than this on the average are one-shots, bytes of 16-bit PCM: a second of stereo. */
const ONE_SHOT_BYTES = 176_400;

function areOneShots(tasks: readonly Task[]): boolean {
  const bytes = tasks.reduce((sum, task) => sum + pcmBytes(task.path, task.bytes), 0);
  return bytes < ONE_SHOT_BYTES * tasks.length;
}

function chooseJobs(platform: Platform, tasks: readonly Task[], emit: Emit): number {
  const admission = admit(tasks, platform.machine());
  emit({ kind: 'admitted', source: null, ...admission });
  return admission.jobs;
}

/** Never fails: where the thread breaks down, that is the source's failure. */
async function runTask(pool: JobPool, work: Excavation, emit: Emit, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await pool.run('excavate', work, emit);
  } catch (error) {
    const message = `The worker broke down: ${String(error)}; run again with --jobs 1, and report it.`;
    emit({ kind: 'source-failed', source: work.task.source, code: 'unexpected', message });
    emit({ kind: 'source-done', source: work.task.source });
  }
}
