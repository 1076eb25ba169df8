import type { Analysis } from '../analysis/analysis.ts';
import type { RootEstimate } from '../analysis/root.ts';
import type { SourceTexture } from '../analysis/source-texture.ts';
import type { Random } from '../dsp/random.ts';
import type { Sound, SoundReader } from '../dsp/sound.ts';
import type { Course } from '../loops/course.ts';
import type { Crossfade } from '../loops/crossfade.ts';
import type { LoopPulse } from '../loops/loop-pulse.ts';
import type { Seam } from '../loops/seam.ts';
import type { LoopSearch } from '../loops/search-record.ts';
import type { Coded } from '../reasons/words.ts';
import type { SharedSettings } from '../settings/shared.ts';
import type { FamilyId } from './ids.ts';

/** What a family works from: one source, by ranges, and what the analysis found in it. */
export interface Material {
  /** Name of the source as it stands in file names, unique in the run. */
  readonly name: string;
  /** The source at the engine's rate, at most stereo, its DC removed. */
  readonly reader: SoundReader;
  readonly analysis: Analysis;
  /** Whether searches for loops are recorded, for whoever asks why a loop lies where it does. */
  readonly recordsLoops?: boolean;
  /** Set where it is what lasts in a passage of the source: its first frame, of the source. */
  readonly passage?: { readonly start: number };
  /**
   * Which textures of its maker are wanted, by their numbers from 1 on, all namings together, and where in the source they
   * began when they were made before, s; left out: all. In place of the others a maker may give {@link Unwanted}, where it
   * knows what it would make without making it.
   */
  readonly wants?: ReadonlyMap<number, number>;
}

/** What of its source a texture is made from: the sound as it is, or what lasts in it, without the drums. */
export type SourcePart = 'whole' | 'harmonic';

/** How a whole-file loop was closed. */
export type Loop =
  /** Synthesised on a circle: there is no seam. Where a splice was searched before and none was good enough, `search` records it. */
  | { readonly kind: 'ring'; readonly search?: LoopSearch | undefined }
  /** Cut from the source: where it came to its end it was blended with what led up to its start; measured then. */
  | {
      readonly kind: 'splice';
      readonly crossfade: Crossfade;
      readonly seam: Seam;
      readonly course: Course;
      /** The steady pulse that it goes over; null where nothing pulses, or nobody looked. */
      readonly pulse: LoopPulse | null;
      /** Where its place was searched, and that was recorded. */
      readonly search?: LoopSearch | undefined;
    };

/** One produced sound, before it is levelled, measured, graded, named and written. */
export interface Texture {
  readonly family: FamilyId;
  /** Which name pattern it takes: a key of its family's `naming`. */
  readonly naming: string;
  /** Counts from 1 within its source and naming pattern. */
  readonly index: number;
  /** For example `warm`, `airy_pitch+7`, `dark_stretch1.5x`, `reversed`; empty where there is none. */
  readonly variant: string;
  readonly sound: Sound;
  /** The whole file loops, or (null) it plays once. */
  readonly loop: Loop | null;
  /** The stretch of source it was made from, seconds. */
  readonly origin: { readonly startSec: number; readonly endSec: number };
  /** What of the source; left out in families that take nothing but the whole. */
  readonly part?: SourcePart;
  /** How still the source was there, 0 to 1; null where that says nothing. */
  readonly stability: number | null;
  /**
   * Semitones by which the whole of it was moved from its source's pitch (grains of a cloud may lie apart from that);
   * 0 or left out where it was not.
   */
  readonly transposition?: number;
  /** Root of a hit where it has a clear one. Tones leave it out: theirs is heard in the finished sound. */
  readonly root?: RootEstimate | null;
  /**
   * Of one of several textures of the same moment, in colours and at pitches: the root of that moment as it is in the source,
   * however unclear. Theirs is that, moved with them, or is not said.
   */
  readonly momentRoot?: RootEstimate | null;
  /** How many times as long as its source it plays; left out where it keeps its time. */
  readonly stretch?: number;
  /**
   * What it was made of, where its distance from that is measured and written into the manifest. Null where there was too little
   * of it to say; left out where likeness is not asked for.
   */
  readonly madeLike?: SourceTexture | null;
  /** Of which kind it is, in a family that has kinds, and how sure that is, 0 to 1. */
  readonly kind?: { readonly kind: string; readonly confidence: number };
  /** Of which other textures it was laid, where it was not made of its source itself. */
  readonly madeOf?: MadeOf;
  /** True-peak ceiling for this texture, dBTP. */
  readonly targetPeakDb: number;
}

/** Textures, by their paths in the export folder, and a digest of their bytes together. */
interface MadeOf {
  readonly paths: readonly string[];
  readonly sha256: string;
}

/** A texture that was asked for and not made, and why: a code, and beside it fields that are plain data too. */
export interface Skipped<Why extends Coded = Coded> {
  readonly family: FamilyId;
  /** As in a texture, where it is about one variant alone. */
  readonly variant?: string;
  readonly reason: Why;
}

export type Made<Why extends Coded = Coded> = Texture | Skipped<Why>;

/** A texture that nobody wants, and that was not made: those after it keep their numbers. */
export interface Unwanted {
  readonly family: FamilyId;
  readonly isWanted: false;
}

/** @param number of the texture within its maker's work, from 1 */
export function isWanted({ wants }: Material, number: number): boolean {
  return wants === undefined || wants.has(number);
}

export function isTexture(made: Made | Unwanted): made is Texture {
  return 'sound' in made;
}

export function isUnwanted(made: Made | Unwanted): made is Unwanted {
  return 'isWanted' in made;
}

/** Random numbers of a texture: seeded by run seed, source content, maker and the words given. */
export type RandomFor = (...words: readonly (string | number)[]) => Random;

/**
 * Material in, textures out, one at a time so that none has to wait in memory for the others. `Why` is what may keep it
 * from making one: each family declares its own codes, and words for them.
 */
export type Maker<S extends SharedSettings = SharedSettings, Why extends Coded = never> = (
  material: Material,
  settings: S,
  randomFor: RandomFor,
) => AsyncIterable<Made<Why> | Unwanted>;
