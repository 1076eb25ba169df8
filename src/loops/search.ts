/** The shapes that the search for a loop passes from step to step. */
import type { Sound } from '../dsp/sound.ts';
import type { BandLevels } from './band-levels.ts';
import type { EnergyTrack } from './energy.ts';
import type { LogMelFrames } from './log-mel.ts';
import type { PulseGuide } from './loop-pulse.ts';
import type { MusicTracks } from './stretch-figures.ts';

/** What is known of the surroundings of a loop, each channel by itself. */
export interface Surroundings {
  readonly sound: Sound;
  readonly frames: readonly LogMelFrames[];
  /** How much each of them differs from the one before it, dB a band. */
  readonly fluxes: readonly Float32Array[];
  readonly bands: readonly BandLevels[];
  readonly energies: EnergyTrack;
  /** By which a crossfade is compared with stretches as long. */
  readonly tracks: MusicTracks;
  /** Null where nothing pulses. */
  readonly pulse: PulseGuide | null;
}

/** Where a loop may lie, frames. */
export interface LoopBounds {
  readonly firstStart: number;
  readonly lastStart: number;
  readonly shortest: number;
  readonly longest: number;
  /** Longest crossfade that will be tried. */
  readonly longestFade: number;
}

export interface StartCandidate {
  readonly start: number;
  /** Predicted cost of each length from `shortest` on, one a hop. */
  readonly lengthCosts: Float32Array;
  /** The least of them. */
  readonly cost: number;
}

/** A place that was found for a loop. */
export interface Alignment {
  readonly start: number;
  readonly length: number;
  /** Predicted cost: what the candidate's length costs, and the correlation that is missing from 1. */
  readonly cost: number;
}
