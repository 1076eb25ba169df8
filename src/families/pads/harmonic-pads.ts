/**
 * Pads where the mix does not hold still: passages whose pitch classes hold, whatever is struck over them, are separated
 * one by one, the best and most varied first, and what lasts in each is mined by itself. So of a song only as much is
 * separated as its pads need.
 */
import { momentQueue } from '../../analysis/diverse.ts';
import { lastingMoments } from '../../analysis/lasting-moments.ts';
import type { Moment, MomentRequest, TimeRange } from '../../analysis/moments.ts';
import { harmonicPassage } from '../shared/harmonic-passage.ts';
import type { Material, Texture } from '../texture.ts';

/** Passages separated for each pad that is wanted, before giving up; and while there is none at all. */
const TRIES_PER_PAD = 2;
const TRIES_FOR_ONE = 4;

/** What is wanted of what lasts. */
interface HarmonicRequest extends MomentRequest {
  /** Pads. */
  readonly count: number;
  /** Frames by which one may be longer than asked. */
  readonly slack: number;
}

/**
 * Pads of the harmonic part.
 * @param taken moments that pads were cut of before: new ones keep away from them; those cut here are added
 * @param mine looks for a pad in what lasts in a passage, away from what is taken there
 */
export async function* harmonicPads(
  material: Material,
  request: HarmonicRequest,
  taken: Moment[],
  mine: (passage: Material, taken: Moment[]) => AsyncIterable<Texture>,
): AsyncGenerator<Texture> {
  const { sampleRate, frameCount } = material.reader;
  const queue = momentQueue(lastingMoments(material.analysis, request), taken);
  let left = request.count;
  const isEnough = (tries: number) =>
    left === 0 || tries >= request.count * (left < request.count ? TRIES_PER_PAD : TRIES_FOR_ONE);
  for (let tries = 0; !isEnough(tries); tries++) {
    const moment = queue.next();
    if (!moment) return;
    const range = around(moment, request, frameCount);
    const takenThere = taken.map((other) => ({ ...other, start: other.start - range.start }));
    let place: TimeRange | null = null;
    for await (const pad of mine(await harmonicPassage(material, range), takenThere)) {
      const start = Math.round(pad.origin.startSec * sampleRate);
      place = { start, length: Math.round(pad.origin.endSec * sampleRate) - start };
      yield pad;
    }
    if (place) {
      queue.accept(moment, place);
      left--;
    } else queue.pass(moment);
  }
}

/** A passage with room on either side: for a crossfade that may be half the loop, and for the search of its seam. */
function around(
  { start, length }: Moment,
  { hop, leadIn, slack }: HarmonicRequest,
  frameCount: number,
): TimeRange {
  const from = Math.max(0, start - hop - Math.max(leadIn, length >> 1));
  return { start: from, length: Math.min(frameCount, start + length + hop + slack) - from };
}
