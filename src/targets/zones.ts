/**
 * What an instrument is: samples over keys and velocities. `presets.ts` lists those that are made of an export, and the
 * writers of all formats share them.
 */
import type { FamilyId } from '../families/family.ts';

/** A texture as an instrument needs it. */
export interface InstrumentSample {
  /** Its file, with slashes, as the instrument's file names it. */
  readonly file: string;
  /** That file's name without folder and ending. */
  readonly name: string;
  readonly family: FamilyId;
  /** What its source is called, and where in it the sample was taken from; null where that is not known. */
  readonly source: string;
  readonly moment: Moment | null;
  /** Of a drum: kick, snare, hat, cymbal or perc; anything else counts as perc. */
  readonly kind: string;
  readonly frameCount: number;
  readonly sampleRate: number;
  /** The whole file loops. */
  readonly isLoop: boolean;
  /** MIDI note, deviation in cents, confidence 0 to 1; null where none was found. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  readonly lufs: number | null;
  readonly centroidHz: number | null;
}

/** A stretch of a source, seconds. */
export interface Moment {
  readonly startSec: number;
  readonly endSec: number;
}

/** One sample over some keys and velocities. */
export interface Zone {
  readonly sample: InstrumentSample;
  /** MIDI notes, both included. */
  readonly lowKey: number;
  readonly highKey: number;
  /** The key at which the sample sounds as it is. */
  readonly rootKey: number;
  /** Whether pitch follows the key; else the sample sounds as it is on each. */
  readonly tracksKeys: boolean;
  /** What brings the sample to its root key's pitch. */
  readonly tuneCents: number;
  readonly gainDb: number;
  /** 1 to 127, both included. */
  readonly lowVelocity: number;
  readonly highVelocity: number;
  /** Which of how many that take turns at the same keys and velocities; from 1. */
  readonly turn: { readonly position: number; readonly of: number };
}

export interface ZoneGroup {
  readonly name: string;
  readonly zones: readonly Zone[];
  /** A gentle start and end, since a loop may begin at full level. */
  readonly attackSec: number;
  readonly releaseSec: number;
  /** Sounds to its end however short the key is held. */
  readonly isOneShot: boolean;
  /** How much velocity moves the level: 0 not at all, 1 wholly. */
  readonly velocityDepth: number;
  /** A new note of the group cuts those that sound, as a closing hat does the open one. */
  readonly chokes: boolean;
}

/**
 * Whom an instrument joins: all of a part, to look through them; what belongs together of one source; or nobody, one
 * texture over the whole keyboard.
 */
export type Scope = (typeof SCOPES)[number];
export const SCOPES = ['palette', 'source', 'texture'] as const;

/** What is played as one instrument. */
export interface Instrument {
  readonly scope: Scope;
  /** The id of its part. */
  readonly part: string;
  /** See `InstrumentPart.category`. */
  readonly category: string;
  /** What it is called among the instruments of its scope: of letters that file names have. */
  readonly name: string;
  /** What a musician must know of it, such as that its pitch is not known; empty where nothing. */
  readonly remark: string;
  readonly groups: readonly ZoneGroup[];
}
