/** Which samples were taken from the same moment of a source: they are shades of one sound. */
import type { InstrumentSample, Moment } from './zones.ts';

type Placed = Pick<InstrumentSample, 'source' | 'moment'>;

/** Two stretches are one moment where they share this part of the shorter. */
const SHARED = 0.5;

/** Whether all of these are of one moment; what has no known place is of a moment of its own. */
export function isOneMoment([first, ...others]: readonly Placed[]): boolean {
  return others.every((other) => isSameMoment(first, other));
}

/** In the order of their first samples. */
export function byMoment<T extends Placed>(samples: readonly T[]): T[][] {
  const moments: T[][] = [];
  for (const sample of samples) {
    const own = moments.find(([first]) => isSameMoment(first, sample));
    if (own) own.push(sample);
    else moments.push([sample]);
  }
  return moments;
}

export function isSameMoment(one: Placed, other: Placed): boolean {
  if (one.source !== other.source || one.moment === null || other.moment === null) return false;
  const shared =
    Math.min(one.moment.endSec, other.moment.endSec) - Math.max(one.moment.startSec, other.moment.startSec);
  return shared > 0 && shared >= SHARED * Math.min(length(one.moment), length(other.moment));
}

function length({ startSec, endSec }: Moment): number {
  return endSec - startSec;
}
