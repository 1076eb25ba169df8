/** What a run is expected to take, estimated before it begins: planning opens no file, so these are estimates. */
import { SLOWEST_BPM } from '../analysis/tempo.ts';
import type { Settings } from '../config/settings.ts';
import type { MakerDefinition } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { makerOf } from '../families/lookup.ts';
import { BEATS_PER_BAR, LENGTH_SLACK } from '../families/shared/wanted-lengths.ts';
import { dirname } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { expectedOf } from './expected-files.ts';
import { pcmBytes } from './pcm-bytes.ts';
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
 * Work (see `workMeter`) that one core does in a second: measured on a virtual machine of 2024, 9 to 14 MB. Faster and
 * slower machines, and sounds of which more or less is made, stay within half and twice of it.
 */
const WORK_PER_SECOND = 11e6;
const SPREAD = 2;
/** Sources of a lower rate are rare, and so small that they count for little. */
const LOWEST_USUAL_HZ = 22_050;
/** A WAV's header, chunks and a filler of a block. */
const HEADER_BYTES = 1000;

/**
 * @param plan without what is up to date (see `preview-run.ts`)
 * @param jobs sources at once
 */
export async function expectation(platform: Platform, plan: Plan, jobs: number): Promise<Expectation> {
  const { settings, families = FAMILIES } = plan.request;
  const workOf = workMeter(settings, families);
  const work = plan.tasks.reduce((sum, task) => sum + workOf(task), 0);
  const seconds = work / WORK_PER_SECOND / Math.max(1, Math.min(jobs, plan.tasks.length));
  const { sample_rate, output_bit_depth } = settings.global;
  const bytesPerSecond = sample_rate * (output_bit_depth / 8) * 2;
  let mostBytes = 0;
  for (const task of plan.tasks) {
    for (const makerId of task.makers) {
      const each = HEADER_BYTES + bytesPerSecond * longestSec(makerOf(makerId, families), settings);
      const all = expectedOf(makerId, task, families).reduce((sum, { most = 1 }) => sum + most * each, 0);
      mostBytes += Math.min(all, mostOfSource(makerOf(makerId, families), task));
    }
  }
  return {
    sources: plan.tasks.length,
    mostBytes: Math.ceil(mostBytes),
    freeBytes: await freeBytes(platform, plan.exportFolder),
    seconds: [seconds / SPREAD, seconds * SPREAD],
  };
}

/** Bytes that a maker can give of a source however much is asked for. */
function mostOfSource(maker: MakerDefinition<Settings>, { path, bytes, settings }: Task): number {
  const parts = maker.input === 'source' ? maker.parts?.(settings) : null;
  if (!parts) return Number.POSITIVE_INFINITY;
  const { sample_rate, output_bit_depth } = settings.global;
  const grows = Math.max(1, sample_rate / LOWEST_USUAL_HZ) * (output_bit_depth / 16);
  const seconds = pcmBytes(path, bytes) / (LOWEST_USUAL_HZ * 2);
  const count = Math.min(parts.most, seconds / parts.leastSec);
  return grows * pcmBytes(path, bytes) + count * HEADER_BYTES;
}

/** How long a texture of a maker can get: as asked and by what loops may give way, or whole bars of a slow song. */
function longestSec(maker: MakerDefinition<Settings>, settings: Settings): number {
  const { snap_to_grid, bar_lengths, reference_bpm } = settings.musicality;
  const bpm = typeof reference_bpm === 'number' ? reference_bpm : SLOWEST_BPM;
  const bars = snap_to_grid ? (Math.max(0, ...bar_lengths) * BEATS_PER_BAR * 60) / bpm : 0;
  const stretch = maker.mostStretch?.(settings) ?? 1;
  return stretch * Math.max((1 + LENGTH_SLACK) * maker.longestSec(settings), bars);
}

/** Free to this user where a folder is, or is to be made. */
async function freeBytes(platform: Platform, folder: string): Promise<number | null> {
  for (let path = folder; ; path = dirname(path)) {
    if (path !== dirname(path) && !(await platform.files.exists(path))) continue;
    return platform.files.freeBytes(path);
  }
}
