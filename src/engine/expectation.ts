/** What a run is expected to take, told before it begins: planning opens no file, so these are estimates. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SLOWEST_BPM } from '../analysis/tempo.ts';
import type { Settings } from '../config/settings.ts';
import { BEATS_PER_BAR, LENGTH_SLACK } from '../families/shared/wanted-lengths.ts';
import { exists } from './exists.ts';
import { prospectsOf } from './forecast.ts';
import { pcmBytes } from './pcm-bytes.ts';
import type { Making } from './phases.ts';
import type { Plan, Task } from './task.ts';
import { workMeter } from './work.ts';

export interface Expectation {
  /** Sources of which something is to be made. */
  readonly sources: number;
  /** Bytes of the textures, if every one that may be made is made. */
  readonly mostBytes: number;
  /** Free where they are written; null where that is not known. */
  readonly freeBytes: number | null;
  /** Shortest and longest time of making them, seconds. */
  readonly seconds: readonly [least: number, most: number];
}

/**
 * Work (see `workMeter`) that one core does in a second: measured on a virtual machine of 2024, 37 to 47 MB. Faster and
 * slower machines, and sounds of which more or less is made, stay within half and twice of it.
 */
const WORK_PER_SECOND = 40e6;
const SPREAD = 2;
/** Sources of a lower rate are rare, and so small that they count for little. */
const LOWEST_USUAL_HZ = 22_050;
/** A WAV's header, chunks and a filler of a block. */
const HEADER_BYTES = 1000;

/**
 * @param plan without what is up to date (see `foresee`)
 * @param jobs sources at once
 */
export async function expectation(plan: Plan, jobs: number): Promise<Expectation> {
  const { settings } = plan.request;
  const workOf = workMeter(settings);
  const work = plan.tasks.reduce((sum, task) => sum + workOf(task), 0);
  const seconds = work / WORK_PER_SECOND / Math.max(1, Math.min(jobs, plan.tasks.length));
  const { sample_rate, output_bit_depth } = settings.global;
  const bytesPerSecond = sample_rate * (output_bit_depth / 8) * 2;
  let mostBytes = 0;
  for (const task of plan.tasks) {
    for (const making of task.makings) {
      const each = HEADER_BYTES + bytesPerSecond * longestSec(making, settings);
      const all = prospectsOf(making, settings).reduce((sum, { most = 1 }) => sum + most * each, 0);
      mostBytes += Math.min(all, mostOfSource(making, task));
    }
  }
  return {
    sources: plan.tasks.length,
    mostBytes: Math.ceil(mostBytes),
    freeBytes: await freeBytes(plan.exportFolder),
    seconds: [seconds / SPREAD, seconds * SPREAD],
  };
}

/** Bytes that a making can give of a source however much is asked for: hits from onset to onset are parts of it. */
function mostOfSource(making: Making, { path, bytes, settings }: Task): number {
  const { slice_mode, min_length_sec, max_saved_per_file } = settings.drum_miner;
  if (making !== 'drums' || slice_mode !== 'onset_to_onset') return Number.POSITIVE_INFINITY;
  const { sample_rate, output_bit_depth } = settings.global;
  const grows = Math.max(1, sample_rate / LOWEST_USUAL_HZ) * (output_bit_depth / 16);
  const seconds = pcmBytes(path, bytes) / (LOWEST_USUAL_HZ * 2);
  const hits = Math.min(max_saved_per_file, seconds / min_length_sec);
  return grows * pcmBytes(path, bytes) + hits * HEADER_BYTES;
}

/** How long a texture of a making can get: as asked and by what loops may give way, or whole bars of a slow song. */
function longestSec(making: Making, settings: Settings): number {
  const { snap_to_grid, bar_lengths, reference_bpm } = settings.musicality;
  const bpm = typeof reference_bpm === 'number' ? reference_bpm : SLOWEST_BPM;
  const bars = snap_to_grid ? (Math.max(0, ...bar_lengths) * BEATS_PER_BAR * 60) / bpm : 0;
  const stretch = Math.max(1, ...settings.drones.time_stretch_factors);
  return Math.max((1 + LENGTH_SLACK) * ASKED_SEC[making](settings), bars * stretch);
}

/** Of a making's textures, the longest that is asked for. */
const ASKED_SEC: Record<Making, (settings: Settings) => number> = {
  pads: ({ pad_miner }) => Math.max(...pad_miner.target_durations_sec),
  'pad-loops': ({ drones }) => drones.pad_loop_duration_sec * Math.max(1, ...drones.time_stretch_factors),
  swells: ({ drones }) => drones.swell_duration_sec * Math.max(1, ...drones.time_stretch_factors),
  drones: ({ drones }) => drones.drone_duration_sec,
  clouds: ({ clouds }) => clouds.cloud_duration_sec,
  hiss: ({ hiss }) => Math.max(hiss.loop_duration_sec, hiss.flicker_max_ms / 1000),
  'synthetic-hiss': ({ hiss }) => hiss.loop_duration_sec,
  drums: ({ drum_miner }) => drum_miner.max_length_sec,
  silences: ({ silence_miner }) => silence_miner.loop_duration_sec,
  dust: ({ drones, pad_miner }) => Math.max(drones.pad_loop_duration_sec, ...pad_miner.target_durations_sec),
};

/** Free to this user where a folder is, or is to be made. */
async function freeBytes(folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    if (path !== dirname(path) && !(await exists(path))) continue;
    return statfs(path).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    );
  }
}
