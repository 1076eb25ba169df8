/**
 * How audible the seam of a whole-file loop is, measured on the loop alone, as any listener meets it:
 * played round and round. Each channel is measured by itself and the worst counts.
 */
import { dbToAmplitude } from '../dsp/levels.ts';
import { nthMagnitude } from '../dsp/sort.ts';
import type { Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { EnergyTrack, meanSquare, sumsAround } from './energy.ts';
import { frameFluxes } from './frame-distance.ts';
import { type LogMelFrames, logMelFrames } from './log-mel.ts';
import { NO_SEAM, type Seam, worstSeam } from './seam.ts';
import { partFluxes, seamFlux } from './seam-flux.ts';
import { furthestFromZero, levelAgainst, levelWindow } from './seam-levels.ts';
import { stepsEvery } from './steps.ts';

/** Steps below -90 dB of the peak are silence, not a slope to compare with. */
const STEP_FLOOR = dbToAmplitude(-90);
/** Steps of which a median is taken: it differs from that of all by some percent, where the limit is four medians. */
const MEDIAN_STEPS = 2000;

/** The figures of a seam by place. */
interface SeamParts {
  /** Where the file ends and begins. */
  readonly wrap: Seam;
  /** The worse of that and of where two places were blended. */
  readonly whole: Seam;
}

/**
 * Seam figures of a loop.
 * @param sound the loop, whole
 * @param crossfade where in it two places were blended; null for a ring
 */
export function measureSeam(sound: Sound, crossfade: Crossfade | null): Seam {
  return seamMeter(sound, crossfade, new EnergyTrack(sound)).at(0).whole;
}

/**
 * Level of a loop's crossfade as its seam will have it, dB, of the worst channel: all of the seam that is known without
 * spectra. The seam's is as far from 0, or further where the wrap's is.
 * @param energies of the loop
 */
export function crossfadeLevel(
  { sampleRate, channels }: Sound,
  crossfade: Crossfade,
  energies: EnergyTrack,
): number {
  const blended = crossfade.length > 0 ? crossfade : null;
  return channels
    .map((channel, c) => levelsOf(channel, blended, energies.whole(c), levelWindow(sampleRate)).fadeLevelDb)
    .reduce(furthestFromZero);
}

/** Measures one loop as if its file began anywhere; what does not depend on that is measured once. */
export interface SeamMeter {
  /** Frames between those whose {@link fluxes} are known. */
  readonly hop: number;
  /** Of each channel, going round. */
  readonly frames: readonly LogMelFrames[];
  /** Of each channel, going round: the change from frame to frame, each in the place of the later one. */
  readonly fluxes: readonly Float32Array[];
  readonly energies: EnergyTrack;
  /** Median step between neighbouring samples of each channel. */
  readonly usualSteps: readonly number[];
  /** Mean square of each channel's body: all but the crossfade. */
  readonly body: readonly number[];
  /**
   * The seam as it would be if the file began with frame `start`; the crossfade stays where it is.
   * @param mostFlux above this the wrap's flux is Infinity, and what is left is not measured
   */
  at(start: number, mostFlux?: number): SeamParts;
  /** All of its wrap but the flux, which costs most of it and is left 0. */
  edgeAt(start: number): Seam;
}

/**
 * @param sound the loop, whole
 * @param crossfade where in it two places were blended; null for a ring
 * @param energies of the loop
 */
export function seamMeter(sound: Sound, crossfade: Crossfade | null, energies: EnergyTrack): SeamMeter {
  const channels = sound.channels.map((channel, c) =>
    channelMeter(channel, sound.sampleRate, crossfade, energies.whole(c)),
  );
  return {
    hop: channels[0].frames.hop,
    frames: channels.map(({ frames }) => frames),
    fluxes: channels.map(({ fluxes }) => fluxes),
    energies,
    usualSteps: channels.map(({ usualStep }) => usualStep),
    body: channels.map(({ body }) => body),
    edgeAt: (start) => worstSeam(channels.map((channel) => channel.edgeAt(start))),
    at(start, mostFlux = Infinity) {
      const parts: ReturnType<ChannelMeter['at']>[] = [];
      for (const channel of channels) {
        parts.push(channel.at(start, mostFlux));
        if (parts.at(-1)?.wrap.flux === Infinity) break;
      }
      const wrap = worstSeam(parts.map((part) => part.wrap));
      return { wrap, whole: worstSeam([wrap, ...parts.map((part) => part.fade)]) };
    },
  };
}

/** What {@link seamMeter} knows of one channel. */
interface ChannelMeter {
  readonly frames: LogMelFrames;
  readonly fluxes: Float32Array;
  readonly usualStep: number;
  readonly body: number;
  edgeAt(start: number): Seam;
  at(start: number, mostFlux: number): { readonly wrap: Seam; readonly fade: Seam };
}

/** @param energy sum of squares of the channel */
function channelMeter(
  loop: Float32Array,
  sampleRate: number,
  crossfade: Crossfade | null,
  energy: number,
): ChannelMeter {
  const window = Math.min(loop.length, levelWindow(sampleRate));
  const frames = logMelFrames([loop], sampleRate, { circular: true });
  const fluxes = frameFluxes(frames);
  const usualStep = medianStep(loop);
  const blended = crossfade && crossfade.length > 0 ? crossfade : null;
  const parts = partFluxes(frames, fluxes, blended);
  const { body, fadeLevelDb } = levelsOf(loop, blended, energy, levelWindow(sampleRate));
  const edgeAt = (start: number) => edgeOf(loop, start, { window, usualStep, body });
  return {
    frames,
    fluxes,
    usualStep,
    body,
    edgeAt,
    at(start, mostFlux) {
      const flux = seamFlux(frames, parts, start, mostFlux);
      return {
        wrap: { ...edgeAt(start), flux: flux.wrap },
        fade: blended ? { ...NO_SEAM, levelDb: fadeLevelDb, flux: flux.fade } : NO_SEAM,
      };
    },
  };
}

/**
 * Mean square of a loop's body, and the level of its crossfade against that, dB; 0 where there is none.
 * @param energy of the loop, @param longestWindow of a level, frames
 */
function levelsOf(loop: Float32Array, crossfade: Crossfade | null, energy: number, longestWindow: number) {
  if (!crossfade) return { body: energy / Math.max(1, loop.length), fadeLevelDb: 0 };
  const window = Math.min(loop.length, longestWindow);
  const fading = meanSquare(loop, crossfade.start, crossfade.length);
  const rest = loop.length - crossfade.length;
  const body =
    rest > 0 ? Math.max(0, energy - fading * crossfade.length) / rest : energy / Math.max(1, loop.length);
  const middle = crossfade.start + (crossfade.length >> 1) - (window >> 1);
  return { body, fadeLevelDb: levelAgainst(body, [fading, meanSquare(loop, middle, window)]) };
}

/** The wrap before frame `start`, all but its flux. @param window frames in which levels are taken */
function edgeOf(
  loop: Float32Array,
  start: number,
  { window, usualStep, body }: { window: number; usualStep: number; body: number },
): Seam {
  const { peak } = sumsAround(loop, start - window, 2 * window);
  const jump = Math.abs(loop[start] - loop[(start + loop.length - 1) % loop.length]);
  return {
    step: jump / Math.max(usualStep, STEP_FLOOR * peak, Number.MIN_VALUE),
    stepOfPeak: peak > 0 ? jump / peak : 0,
    levelDb: levelAgainst(body, [meanSquare(loop, start - (window >> 1), window)]),
    flux: 0,
  };
}

function medianStep(loop: Float32Array): number {
  // Two thousand steps are plenty for a median; an odd stride keeps clear of even periods.
  const steps = stepsEvery(loop, 2 * Math.floor(loop.length / MEDIAN_STEPS / 2) + 1);
  return nthMagnitude(steps, steps.length >> 1);
}
