/** What the blend of a crossfade measures, before the closed loop is evened out, and what it is worth to a search. */
import { withRooms } from '../dsp/rooms.ts';
import { type Blend, blendSides } from './band-crossfade.ts';
import type { CrossfadeCandidate, SearchWorkspace } from './crossfade-candidates.ts';
import { REJECTED, TARGET } from './crossfade-target.ts';
import { fadeFrames, fadeLevel, fadeStanding } from './fade-meter.ts';
import { penaltyOf } from './penalty.ts';
import type { StandingOut } from './standing-out.ts';

/**
 * What a poor match inside the crossfade (doubling, a change of timbre) adds to the penalty of its seam figures: so much
 * for sides without any correlation, and so much for what stands out among stretches of the music that are as long.
 */
const MISMATCH_WEIGHT = 0.3;
const STANDING_WEIGHT = 1;
/** What a seam figure beyond its target adds besides itself: a loop that would be rejected is of no use. Set by hand. */
const BEYOND_WEIGHT = 4;
/**
 * And what a fade as long as the loop would add; set by hand. Of 108 hard pads 7 of 23 with fades of a quarter of the loop and
 * more were found out, 2 of 85 with shorter ones, before crossfades were evened.
 */
const FADE_WEIGHT = 2;

/** What the blend of a crossfade measured. */
export interface BlendFigures {
  /** Level of the crossfade, or in its middle, against the body's: the one further from 0, dB. */
  readonly levelDb: number;
  /** Its spectral change against the body's own; 1 is as much. */
  readonly flux: number;
  /** How far bass, presence or treble stand out in its middle half, dB. */
  readonly bandDb: number;
  /** Correlation of its sides, -1 to 1. */
  readonly correlation: number;
  /** How far it stands out among stretches as long. */
  readonly standing: StandingOut;
  /** Level and flux against what the search is content with: up to 1 it is, from 2 on the loop is rejected. */
  readonly penalty: number;
  /** The same, and more for sides that have little in common, for what stands out and for length: the least is best. */
  readonly totalPenalty: number;
}

/** A crossfade in which bass, presence or treble goes further than this beyond what the music does itself is heard, dB. */
const MOST_BAND_DB = 3;

/** Whether a crossfade is out of the question, whatever else it measures. */
export function isRejected({ standing }: BlendFigures): boolean {
  return standing.bandDb > MOST_BAND_DB;
}

/** A crossfade that was blended and measured. */
export interface MeasuredCrossfade extends CrossfadeCandidate, BlendFigures {
  readonly blend: Blend;
}

/** Of a crossfade that is not measured to the end, since nothing could make it one of the best. */
const HOPELESS = {
  flux: Infinity,
  bandDb: Infinity,
  standing: { most: Infinity, sum: Infinity, bandDb: Infinity },
  totalPenalty: Infinity,
} as const;
/**
 * Where the two most promising crossfades of a length are both worse than this, the others of that length are not
 * measured: of 51 searches in which any might have been, none found a loop among them.
 */
export const GIVE_UP_PENALTY = 3;

/**
 * Blends a crossfade as it would close the loop, and measures it.
 * @param most total penalty from which on it is of no use: what costs more to know is then left out, and it counts as rejected
 * @param mostAsked beyond this the penalty of one that is of no use may be given as less than it is; at least 1
 */
export function measureCrossfade(
  workspace: SearchWorkspace,
  candidate: CrossfadeCandidate,
  most: number,
  mostAsked: number,
): MeasuredCrossfade {
  const { incoming, outgoing } = workspace;
  const { start, length, rising } = candidate;
  const sides = { incoming, incomingEnd: start, outgoing, outgoingEnd: start + length };
  const blend = blendSides(sides, rising, workspace.lender);
  const { correlation } = blend;
  const levelDb = fadeLevel(workspace, candidate, blend);
  const ofLevel = penaltyOf(Math.abs(levelDb), TARGET.levelDb, REJECTED.levelDb);
  const totalOf = (penalty: number, standingOut: number) =>
    penalty +
    (MISMATCH_WEIGHT * (1 - correlation) +
      BEYOND_WEIGHT * Math.max(0, penalty - 1) +
      STANDING_WEIGHT * standingOut +
      (FADE_WEIGHT * rising.length) / length);
  const known = { ...candidate, blend, levelDb, correlation };
  // One within the target may end the search, whatever its total.
  if (ofLevel > mostAsked && totalOf(ofLevel, 0) >= most) return { ...known, ...HOPELESS, penalty: ofLevel };
  return withRooms((rooms) => {
    const frames = fadeFrames(workspace, candidate, blend, rooms);
    const { flux } = frames;
    const penalty = Math.max(ofLevel, penaltyOf(flux, TARGET.flux, REJECTED.flux));
    if (penalty > 1 && totalOf(penalty, 0) >= most) return { ...known, ...HOPELESS, flux, penalty };
    const { bandDb, standing } = fadeStanding(workspace, candidate, frames);
    return { ...known, flux, bandDb, standing, penalty, totalPenalty: totalOf(penalty, standing.sum) };
  });
}
