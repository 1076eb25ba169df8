/** Windows of a cloud's material, and drawing from some of them. */
import type { GrainPool, Moment, TimeRange } from './grain.ts';

/** A window of a stretch. */
export interface Window {
  readonly stretch: number;
  /** First sample, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** Windows begin at every quarter of their length. */
const STEPS = 4;
/** A group is full with so much of what it should have. */
const FULL = 0.8;

/**
 * The material in groups of windows that share nothing, the worthiest first.
 * @param length longest window, samples; a shorter stretch is one window
 * @param size material of a group, samples; the last may have less
 */
export function windowGroups(
  { stretches }: GrainPool,
  length: number,
  size: number,
  worthOf: (window: Window) => number,
): Window[][] {
  const rated = stretches
    .flatMap((stretch, index) => windowsIn(stretch, length, index))
    .map((window) => ({ window, worth: worthOf(window) }))
    .sort((one, other) => other.worth - one.worth);
  const groups: Window[][] = [[]];
  const kept: Window[] = [];
  let taken = 0;
  for (const { window } of rated) {
    if (kept.some(({ start, end }) => window.end > start && window.start < end)) continue;
    kept.push(window);
    if (taken >= FULL * size) {
      groups.push([]);
      taken = 0;
    }
    groups[groups.length - 1].push(window);
    taken += window.end - window.start;
  }
  return groups;
}

/** Names where a grain that reads so many samples begins, by its share of all that the windows hold. */
export function windowsDrawer(windows: readonly Window[]): (span: number, share: number) => Moment {
  const total = windows.reduce((sum, { start, end }) => sum + end - start, 0);
  return (span, share) => {
    let rest = share * total;
    let at = 0;
    while (at < windows.length - 1 && rest >= windows[at].end - windows[at].start) {
      rest -= windows[at].end - windows[at].start;
      at++;
    }
    const { stretch, start, end } = windows[at];
    const room = Math.max(0, end - start - span);
    return { stretch, start: start + Math.floor((rest / (end - start)) * room) };
  };
}

function windowsIn({ start, end }: TimeRange, length: number, stretch: number): Window[] {
  const count = Math.max(1, Math.ceil((STEPS * (end - start - length)) / length) + 1);
  const last = Math.max(start, end - length);
  return Array.from({ length: count }, (_, i) => {
    const from = count > 1 ? Math.round(start + ((last - start) * i) / (count - 1)) : start;
    return { stretch, start: from, end: Math.min(end, from + length) };
  });
}
