/**
 * Where sounds must lie in a `.pti` so that its positions, which are shares of the whole length, fall on exact frames. Nobody
 * knows how a Tracker rounds a position to a frame; what is laid out here comes to the same frames whether it rounds down or
 * to the nearest.
 */
import { MOST_PTI_SLICES, PTI } from '../../formats/pti.ts';
import { type SampleLayout, SILENT_FRAMES } from '../sample-layout.ts';

/** A loop with some of its sound before and behind it. */
export interface PtiLoop {
  /** Of the whole file. */
  readonly frames: number;
  /** Frame at which the loop begins. */
  readonly start: number;
  /** The positions of its points. */
  readonly loopStart: number;
  readonly loopEnd: number;
}

/** Frames before and behind a loop at least, for a player that interpolates over its ends. */
const AROUND = 16;
/** How far two points may be off the length of the loop, frames; and where a point may lie behind its frame, of a frame. */
const LENGTH_OFF = 0.02;
const LEAST_BEHIND = 0.1;
const MOST_BEHIND = 0.4;

/**
 * The shortest file, near enough, in which two positions lie just as many frames apart as a loop is long, each a little behind a
 * frame: the distance of the points decides over the file's length, and then the first of them is sought.
 * @param length of the loop, frames
 */
export function ptiLoop(length: number): PtiLoop {
  for (let apart = mostApart(length); apart > 0; apart--) {
    const frames = Math.round((length * PTI.end) / apart);
    const step = frames / PTI.end;
    if (Math.abs(apart * step - length) > LENGTH_OFF) continue;
    const last = Math.min(PTI.end - 1, Math.floor((frames - AROUND) / step)) - apart;
    for (let loopStart = Math.max(1, Math.ceil(AROUND / step)); loopStart <= last; loopStart++) {
      const loopEnd = loopStart + apart;
      const start = Math.floor(loopStart * step);
      const end = Math.floor(loopEnd * step);
      if (end - start === length && isJustBehind(loopStart * step) && isJustBehind(loopEnd * step)) {
        return { frames, start, loopStart, loopEnd };
      }
    }
  }
  throw new RangeError(`No positions of a .pti lie ${length} frames apart.`);
}

/** Frames that {@link ptiLoop} puts around a loop, at most: measured over 60,000 lengths up to 6,000,000. */
export function mostAroundLoop(length: number): number {
  return Math.ceil(length / 100) + 4 * AROUND;
}

function mostApart(length: number): number {
  return Math.min(PTI.end - 2, Math.floor((PTI.end * length) / (length + 2 * AROUND)));
}

function isJustBehind(place: number): boolean {
  const behind = place - Math.floor(place);
  return behind >= LEAST_BEHIND && behind <= MOST_BEHIND;
}

/** All numbers of equal parts whose borders are whole positions: the divisors of 65,535, but for 1. */
const PARTS = [PTI.end, 21_845, 13_107, 4369, 3855, 1285, 771, 257, 255, 85, 51, 17, 15, 5, 3];

/**
 * Slices one behind the other, each from the border of one of so many equal parts of the file, where a position is a frame to
 * the last digit. The file is the shortest in which they find room.
 * @param lengths frames of each; no more than a `.pti` has slices
 */
export function ptiSlices(lengths: readonly number[]): SampleLayout {
  const withSilence = lengths.map((length) => length + SILENT_FRAMES);
  const sum = withSilence.reduce((total, length) => total + length, 0);
  const fits = (parts: number, part: number) =>
    withSilence.reduce((taken, length) => taken + Math.ceil(length / part), 0) <= parts;
  let frames = Infinity;
  let part = 1;
  for (const parts of PARTS) {
    for (let tried = Math.ceil(sum / parts); tried * parts < frames; tried++) {
      if (fits(parts, tried)) [frames, part] = [tried * parts, tried];
    }
  }
  let used = 0;
  const starts = withSilence.map((length) => {
    const start = used;
    used += Math.ceil(length / part) * part;
    return start;
  });
  return { starts, frames, parts: lengths.length };
}

/** The positions of slices that {@link ptiSlices} laid out, as many as a file has room for. */
export function slicePositions({ starts, frames }: Pick<SampleLayout, 'starts' | 'frames'>): number[] {
  return Array.from({ length: MOST_PTI_SLICES }, (_, i) =>
    i < starts.length ? Math.round((starts[i] * PTI.end) / frames) : 0,
  );
}
