/** How samples lie in a file that holds several, or one with something around it. */
import type { Profile } from './profile.ts';

export interface SampleLayout {
  /** Where each sample begins, frames; rising. */
  readonly starts: readonly number[];
  /** Of the whole file, what stands between and behind the samples included. */
  readonly frames: number;
  /** As many as it has samples, and more where it has empty ones. */
  readonly parts: number;
}

/**
 * How a target lays samples out in a file: several as slices, a lone one with whatever the format wants around it.
 * @param lengths frames of each sample
 * @param loops whether a lone one loops
 */
export type LayOut = (lengths: readonly number[], loops: boolean, profile: Profile) => SampleLayout;

/**
 * Silence behind each sample of several, frames: 1.5 ms at 44.1 kHz. A player that begins a frame early, reads on to
 * interpolate, or fades a slice out over its end, meets nothing of the next.
 */
export const SILENT_FRAMES = 64;

/** One behind the other, for devices that are told where each begins. @param lengths frames of each */
export function tightLayout(lengths: readonly number[]): SampleLayout {
  if (lengths.length === 1) return alone(lengths[0]);
  const starts: number[] = [];
  let frames = 0;
  for (const length of lengths) {
    starts.push(frames);
    frames += length + SILENT_FRAMES;
  }
  return { starts, frames, parts: lengths.length };
}

/**
 * At equal distances, for devices that are told nothing and begin at one of so many equal steps of a file: the parts are as
 * many as divide the steps, so each begins at a whole one.
 * @param lengths frames of each; no more than steps
 */
export function equalLayout(lengths: readonly number[], steps: number): SampleLayout {
  if (lengths.length === 1) return alone(lengths[0]);
  const distance = Math.max(...lengths) + SILENT_FRAMES;
  let parts = lengths.length;
  while (steps % parts !== 0) parts++;
  return { starts: lengths.map((_, i) => i * distance), frames: parts * distance, parts };
}

/** A file of one sample, from its first frame. @param frames of the file */
export function alone(frames: number): SampleLayout {
  return { starts: [0], frames, parts: 1 };
}
