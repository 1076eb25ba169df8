/**
 * The crossfades that a search for a loop may choose among: where they may lie, and what is expected of each from little
 * work.
 *
 * What is said here and in the search's other files of how many loops close was measured by
 * `npm run bench:loop-constants`, one constant changed at a time: of 168 places in the songs and tonal sources of the test
 * archive 128 close, and 102 are an A. A difference of one or two may be chance. Figures at constants were measured when 127
 * closed; where a constant says that it is set by hand, nothing was.
 */
import type { Lender } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { alignLength, alignStart, type ThinSides, thinSides } from './align.ts';
import { type SplitRegion, splitRegion } from './band-crossfade.ts';
import { bandLevels } from './band-levels.ts';
import { type StartFinder, startFinder } from './candidates.ts';
import { TARGET } from './crossfade-target.ts';
import { EnergyTrack } from './energy.ts';
import { middleLevel } from './fade-meter.ts';
import { frameFluxes } from './frame-distance.ts';
import { logMelFrames } from './log-mel.ts';
import { pulseAround } from './loop-pulse.ts';
import type { Alignment, LoopBounds, Surroundings } from './search.ts';
import { standingOut, type UsualFigures, usualFigures } from './standing-out.ts';
import { blendFigures, colourTrack, FIGURE_COUNT, sideTrack } from './stretch-figures.ts';

/** Starts whose best lengths are searched, for each fade length. With 3 one fewer closes and two fewer are an A; 12 change neither. */
const STARTS_ALIGNED = 6;

/**
 * What a level in the middle of a fade adds to its expected cost: nothing up to a share of the target, and from there
 * on so much for each multiple of it. With no weight four fewer loops close, with twice the weight as many; it hardly
 * matters where it begins.
 */
const LEVEL_FREE_SHARE = 0.7;
const LEVEL_WEIGHT = 1;

/** What is expected to stand out among stretches of the music that are as long adds so much; set by hand. */
const EXPECTED_WEIGHT = 0.2;
/** All that is worked out once for a search. */
export interface SearchWorkspace extends Surroundings {
  /** Of what is needed until the search is over. */
  readonly lender: Lender;
  readonly starts: StartFinder;
  /** What may come in before a start, and go out before an end. */
  readonly incoming: SplitRegion;
  readonly outgoing: SplitRegion;
  readonly thin: ThinSides;
}

/** A crossfade that may be measured. */
export interface CrossfadeCandidate extends Alignment {
  /** The weight of the side that comes in, for each frame of the fade. */
  readonly rising: Float32Array;
  /** Level in its middle against the body's, dB: from the powers of its sides. */
  readonly middleDb: number;
  /** What its alignment costs, and more where its level in the middle is not right. */
  readonly expectedCost: number;
}

/** Measures the surroundings of a loop. */
export function measureSurroundings(sound: Sound): Surroundings {
  const { sampleRate } = sound;
  const frames = sound.channels.map((channel) => logMelFrames([channel], sampleRate, { circular: false }));
  const energies = new EnergyTrack(sound);
  const fluxes = frames.map(frameFluxes);
  const bands = frames.map((channel) => bandLevels(channel, sampleRate));
  return {
    sound,
    frames,
    fluxes,
    bands,
    energies,
    tracks: {
      sides: sideTrack(sound.channels, frames[0].hop, sampleRate),
      colours: colourTrack(frames, fluxes, bands),
    },
    pulse: pulseAround(energies, frames, frameCount(sound), sampleRate),
  };
}

/** What is worked out once for all fade lengths. @param lender of it, and of what else the search needs until it is over */
export function searchWorkspace(
  surroundings: Surroundings,
  bounds: LoopBounds,
  lender: Lender,
): SearchWorkspace {
  const { sound, frames } = surroundings;
  // Candidates lie on hops, so one may reach back by a hop more than the bounds do.
  const from = Math.max(0, bounds.firstStart - bounds.longestFade - Math.ceil(frames[0].hop));
  const incoming = splitRegion(sound, from, bounds.lastStart, lender);
  const end = bounds.lastStart + bounds.longest;
  const outgoing = splitRegion(sound, from + bounds.shortest, end, lender);
  return {
    ...surroundings,
    lender,
    starts: startFinder(surroundings, bounds),
    incoming,
    outgoing,
    thin: thinSides(incoming, outgoing, sound.sampleRate),
  };
}

/** The crossfades of one length that are worth a closer look, in no order. @param rising of that length */
export function crossfadeCandidates(
  workspace: SearchWorkspace,
  bounds: LoopBounds,
  rising: Float32Array,
): CrossfadeCandidate[] {
  const { starts, thin, pulse } = workspace;
  const fade = rising.length;
  const isExact = bounds.shortest === bounds.longest;
  const usual = usualAround(workspace, bounds, fade);
  return starts
    .best(fade, STARTS_ALIGNED)
    .flatMap((start) =>
      isExact
        ? alignStart(thin, start, bounds, fade, starts.hop)
        : alignLength(thin, start, fade, bounds, starts.hop, pulse),
    )
    .map((alignment) => withExpectedCost(workspace, alignment, rising, usual));
}

/** The level in the middle of a crossfade costs little to know: it tells which are worth measuring whole. */
function withExpectedCost(
  workspace: SearchWorkspace,
  alignment: Alignment,
  rising: Float32Array,
  usual: UsualFigures,
): CrossfadeCandidate {
  const fade = rising.length;
  const middleDb = middleLevel(workspace, alignment, fade);
  const level = Math.abs(middleDb) / TARGET.levelDb;
  const expectedCost =
    alignment.cost +
    LEVEL_WEIGHT * Math.max(0, level - LEVEL_FREE_SHARE) +
    EXPECTED_WEIGHT * expectedStandingOut(workspace, alignment, fade, usual);
  return { ...alignment, rising, middleDb, expectedCost };
}

/** What stretches as long as a fade are like, wherever a loop may lie. */
function usualAround({ tracks, frames }: SearchWorkspace, bounds: LoopBounds, fade: number): UsualFigures {
  const { hop } = frames[0];
  const [from, to] = [bounds.firstStart, bounds.lastStart + bounds.shortest].map((at) =>
    Math.round(at / hop),
  );
  return usualFigures(tracks, from, to, Math.max(1, Math.round(fade / hop)));
}

const expected = new Float64Array(FIGURE_COUNT);

/** From the powers of the two sides alone: the blend keeps them. */
function expectedStandingOut(
  { tracks, frames }: SearchWorkspace,
  { start, length }: Alignment,
  fade: number,
  usual: UsualFigures,
): number {
  const { hop } = frames[0];
  const rows = Math.max(1, Math.round(fade / hop));
  const [one, other] = [start - fade, start + length - fade].map((at) => Math.round(at / hop));
  blendFigures(tracks, one, other, rows, expected);
  return standingOut(expected, usual).sum;
}
