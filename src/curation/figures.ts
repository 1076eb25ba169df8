import type { Analysis } from '../analysis/analysis.ts';
import { sourceDistance } from '../analysis/source-texture.ts';
import type { Families } from '../config/settings.ts';
import { amplitudeToDb } from '../dsp/levels.ts';
import { frameCount } from '../dsp/sound.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import type { Course } from '../loops/course.ts';
import type { LoopPulse } from '../loops/loop-pulse.ts';
import type { Seam } from '../loops/seam.ts';
import { type Levelled, truePeakDb } from './level.ts';
import { spectralFigures } from './spectral-figures.ts';

/** What is measured of a finished texture. Amplitudes are parts of full scale; dB may be -Infinity for silence. */
export interface Figures {
  readonly durationSec: number;
  /** Over all channels. */
  readonly rmsDb: number;
  /** Largest sample. */
  readonly peak: number;
  /** Peak over RMS, a ratio; 0 for silence. */
  readonly crestFactor: number;
  /** LUFS, of a loop as it goes round; see {@link loudness}. */
  readonly lufs: number;
  /** dBTP, of a loop as it goes round. */
  readonly truePeakDb: number;
  /** Largest mean of any channel, without sign. */
  readonly dcOffset: number;
  readonly centroidHz: number;
  /** Frequency of the strongest partial, Hz; null where the family has no pitch to speak of. */
  readonly estimatedHz: number | null;
  /** Share of the source's samples that clip, where the texture was taken from; 0 where there is no source. */
  readonly clippedShare: number;
  /**
   * How far it is from what it was made of, as a texture: 1 is as far as stretches of that are from one another. Null where
   * that was not asked for, or there was too little of it.
   */
  readonly sourceDistance: number | null;
  /** How the loop closes; null for what plays once, and for nothing at all. */
  readonly seam: Seam | null;
  /** How it goes round; null as {@link seam} is. */
  readonly course: Course | null;
  /** The steady pulse that a loop cut from music goes over; null where nothing pulses, and for all others. */
  readonly pulse: LoopPulse | null;
}

/**
 * Measures a texture after levelling.
 * @param closed how it goes round, as a loop; null for what plays once
 * @param source what the analysis found in the source, for how much of it clips; null where there is none
 */
export function measureTexture(
  texture: Pick<Texture, 'family' | 'loop' | 'origin' | 'madeLike' | 'part'>,
  levelled: Levelled,
  closed: Pick<Figures, 'seam' | 'course'> | null,
  source: Pick<Analysis, 'sampleRate' | 'channelCount' | 'hop' | 'cellCount' | 'clipped'> | null,
  families: Families = FAMILIES,
): Figures {
  const { loop, origin, madeLike, part } = texture;
  const { pitch, grading } = familyOf(texture.family, families);
  const { sound } = levelled;
  const { rms, peak, means } = levelled.levels;
  const frames = frameCount(sound);
  const { centroidHz, strongestHz } = spectralFigures(sound);
  return {
    durationSec: frames / sound.sampleRate,
    rmsDb: amplitudeToDb(rms),
    peak,
    crestFactor: rms > 0 ? peak / rms : 0,
    lufs: levelled.lufs,
    truePeakDb: truePeakDb(levelled),
    dcOffset: Math.max(...means.map(Math.abs)),
    centroidHz,
    estimatedHz: pitch === 'tones' ? strongestHz : null,
    // What a hit clips goes with the hit.
    clippedShare:
      source && !grading?.ignoresClipping && part !== 'harmonic' ? clippedShare(source, origin) : 0,
    sourceDistance: madeLike ? sourceDistance(sound, madeLike) : null,
    seam: closed?.seam ?? null,
    course: closed?.course ?? null,
    pulse: loop?.kind === 'splice' ? loop.pulse : null,
  };
}

function clippedShare(
  {
    sampleRate,
    channelCount,
    hop,
    cellCount,
    clipped,
  }: Pick<Analysis, 'sampleRate' | 'channelCount' | 'hop' | 'cellCount' | 'clipped'>,
  { startSec, endSec }: Texture['origin'],
): number {
  const first = Math.max(0, Math.floor((startSec * sampleRate) / hop));
  const end = Math.min(cellCount, Math.max(first + 1, Math.ceil((endSec * sampleRate) / hop)));
  let count = 0;
  for (let cell = first; cell < end; cell++) count += clipped[cell];
  return end > first ? count / ((end - first) * hop * channelCount) : 0;
}
