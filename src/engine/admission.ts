/** How many sources at once a machine takes: as many as it has cores, and memory for. */
import type { Machine } from '../platform/platform.ts';
import { pcmBytes } from './pcm-bytes.ts';

/** A file, and its size; no path where textures are made of no source. */
interface SourceFile {
  readonly path: string | null;
  readonly bytes: number;
}

export interface Admission extends Machine {
  readonly jobs: number;
  /** What that many sources at once are expected to take at most, bytes. */
  readonly neededBytes: number;
}

/** Node, the engine and the plan; measured 75 MB. */
const PROCESS_BYTES = 100e6;
/** A worker that makes all families of short sources; measured 140 MB. */
const WORKER_BYTES = 200e6;
/** Tracks and running sums grow with the source: some 8 kB for each second, which is 176 kB of 16-bit stereo at 44.1 kHz. */
const TRACK_BYTES_PER_PCM_BYTE = 8_000 / 176_400;
/** Left to the system and to the estimate's error, as a share of what is free. */
const RESERVE = 0.2;

/**
 * The default of `--jobs`. Memory is counted for the largest sources together, since they come first, side by side.
 * At least one, whatever is free: it may well go.
 */
export function admit(sources: readonly SourceFile[], machine: Machine): Admission {
  const workers = sources
    .map(({ path, bytes }) => WORKER_BYTES + TRACK_BYTES_PER_PCM_BYTE * pcmBytes(path, bytes))
    .sort((a, b) => b - a)
    .slice(0, Math.max(1, machine.cores));
  const allowed = (1 - RESERVE) * machine.freeBytes;
  let jobs = 1;
  let neededBytes = PROCESS_BYTES + (workers[0] ?? 0);
  while (jobs < workers.length && neededBytes + workers[jobs] <= allowed) neededBytes += workers[jobs++];
  return { ...machine, jobs, neededBytes };
}
