/**
 * What a family is: one object that says all there is to say of it. Phases, makers, commands, settings, names, folders,
 * grades, kits, instruments and pages are derived from the list of these objects (`index.ts`), and nothing outside this room
 * names a family. A definition holds data and small functions; what makes the sound is loaded only where it is needed.
 */

import type { Sound } from '../dsp/sound.ts';
import type { Coded, WordsFor, WordTable } from '../reasons/words.ts';
import type { Recipe } from '../settings/fields.ts';
import type { OldKey, RetiredKeys } from '../settings/old-keys.ts';
import type { NamePattern } from '../settings/output.ts';
import type { Recipes } from '../settings/section.ts';
import type { SharedSettings } from '../settings/shared.ts';
import type { SourceKind } from '../settings/source-kinds.ts';
import type { FamilyId, MakerId, PhaseId } from './ids.ts';
import type { Made, Maker, RandomFor } from './texture.ts';

export type { FamilyId, MakerId, PhaseId };

/**
 * A family as it is written down.
 * @typeParam S settings that its makers read
 * @typeParam Why what may keep its makers from making something: each has words here, or it does not compile
 */
export interface FamilyDefinition<S extends SharedSettings = SharedSettings, Why extends Coded = never>
  extends ListedFamily<S, Why> {
  readonly skipWords: WordsFor<Why>;
}

/** A family in a list, among others whose reasons are others. */
export interface ListedFamily<S extends SharedSettings = SharedSettings, Why extends Coded = Coded> {
  /** It never changes. */
  readonly id: FamilyId;
  /** Its folder inside a source's folder, under the export folder; it never changes. */
  readonly folder: string;
  /** The word for one of it. */
  readonly singular: string;
  /** The word for several of it, as summaries and pages have it. */
  readonly plural: string;
  /** On pages, `#rrggbb`: on a dark ground and on a light one. */
  readonly colour: { readonly dark: string; readonly light: string };
  /** Its textures loop as whole files, but for what is cut out as it was ({@link cutWord}). */
  readonly loops: boolean;
  /**
   * `tones` have a root and a key, and move with `musicality.target_key`; `hits` may have a root; what is found in `noise`
   * is chance.
   */
  readonly pitch: 'tones' | 'hits' | 'noise';
  /** Its textures are distinguished by a kind, such as kick and snare: in names, on keys, and when the best are chosen. */
  readonly hasKinds?: boolean;
  /** What one of them is called that plays once, in a family whose other textures loop: a piece cut out as it was. */
  readonly cutWord?: string;
  /** Sections of the config that it owns. */
  readonly sections: Recipes;
  /** What settings of these sections were called once. */
  readonly oldKeys?: readonly OldKey[];
  readonly retiredKeys?: RetiredKeys;
  /** A name pattern for each kind of file, by naming key. */
  readonly naming: Readonly<Record<string, NamePattern>>;
  /** The setting in section `export` that keeps its channels; left out where they are always kept. */
  readonly channels?: ChannelsSetting;
  /** How short its loops may become where others are to fit beside them; {@link SHORT_LOOP} where left out. */
  readonly leastLoop?: LeastLoop;
  /**
   * How a kit levels it; left out: by loudness, as the others. `peak`: it is struck, and loudness says little of what is so
   * short. `own`: it lies under others and keeps its level, unless one is asked for.
   */
  readonly kitLevel?: 'peak' | 'own';
  /**
   * It is to sound as what it was made of does: how far it is from that (`source_distance`) counts for its quality. Left out: the
   * figure, where there is one, is told and counts for nothing.
   */
  readonly staysLikeSource?: boolean;
  /** How it is graded otherwise than a tone that loops. */
  readonly grading?: Grading;
  /** Two letters that begin the names of a kit. */
  readonly kitPrefix: string;
  readonly instrument: InstrumentRole;
  /** Why its makers did not make something, in words: part of a sentence, behind a colon. */
  readonly skipWords: WordTable;
  /** In the order in which they run. */
  readonly makers: readonly MakerDefinition<S, Why>[];
}

/** A setting of section `export`, which several families may share. */
interface ChannelsSetting {
  readonly key: string;
  readonly setting: Recipe;
}

/** A loop that is made shorter keeps both: so many seconds, and such a part of its length. */
export interface LeastLoop {
  readonly sec: number;
  readonly part: number;
}

/** A bar of four beats at 120 BPM, and the shortest pads: a held moment is as much itself in that as in eight. */
export const SHORT_LOOP: LeastLoop = { sec: 2, part: 0 };
/**
 * For what is there to be long and to move: four bars at 120 BPM, before which nobody hears it come round, and half of what it
 * was, as of a one-shot that is cut, since it tells less with each part that is gone.
 */
export const LONG_LOOP: LeastLoop = { sec: 8, part: 0.5 };

export interface Grading {
  /** Its crest factor is no fault, however high. */
  readonly allowsCrest?: boolean;
  /** How many times as much of the source may clip where it was taken from; 1 where left out. */
  readonly clippingFactor?: number;
  /** What clips in the source is not its fault, and is not counted. */
  readonly ignoresClipping?: boolean;
  /** It is of hits, or moves by itself: that something stands out in a round of it, or that its level swells, is no doubt. */
  readonly mayMove?: boolean;
}

/** Where its textures lie in an instrument. */
interface InstrumentRole {
  readonly part: InstrumentPart;
  /** In a part that is laid out by `keys`, those of this family, as MIDI notes from `first` on. */
  readonly keys?: { readonly first: number; readonly count: number };
}

/** What is played as one instrument; families may share one. */
export interface InstrumentPart {
  readonly id: string;
  /**
   * `roots`: each at the key of its root. `drums`: by kind, on the keys of General MIDI. `keys`: one a key, at its own pitch,
   * each family on keys of its own.
   */
  readonly layout: 'roots' | 'drums' | 'keys';
  /** A gentle start and end, seconds, since a loop may begin at full level. */
  readonly attackSec: number;
  readonly releaseSec: number;
  /** What a browser of sounds files it under: a category of Bitwig's `.multisample`. */
  readonly category: string;
}

/** The keys of `paths` that name a folder of sources. */
export type SourceFolder = Exclude<keyof SharedSettings['paths'], 'export_dir'>;
export const SOURCE_FOLDERS = [
  'source_audio_dir',
  'pad_sources_dir',
  'drums_dir',
] as const satisfies readonly SourceFolder[];

/** Work that the user asks for by name: a command, and what `--json` calls a phase. Makers of several families may share one. */
export interface PhaseDefinition<S extends SharedSettings = SharedSettings> {
  readonly id: PhaseId;
  /** What it makes, as part of a sentence. */
  readonly title: string;
  /** What the command line says of it. */
  readonly help: string;
  /** The folders whose sources it mines, the usual one first. */
  readonly folders: (settings: S) => readonly SourceFolder[];
  /** Part of the command `all`. */
  readonly isPartOfAll: boolean;
  /** Sources of an unsorted folder that it suits. */
  readonly suits: readonly SourceKind[];
  /** A flag of its command that sets a setting to true. */
  readonly flag?: {
    /** As on the command line, without dashes: `from-songs`. */
    readonly name: string;
    readonly help: string;
    readonly setting: readonly [section: string, key: string];
  };
}

export type MakerDefinition<S extends SharedSettings = SharedSettings, Why extends Coded = Coded> =
  | SourceMaker<S, Why>
  | SourcelessMaker<S, Why>
  | LayerMaker<S>;

interface AnyMaker<S extends SharedSettings> {
  /** It never changes. */
  readonly id: MakerId;
  /**
   * The settings on which its textures depend: what is made again when one of them changes, and not when another does.
   * `test/engine/relevant-settings.test.ts` watches what is really read, so that this cannot fall behind.
   */
  readonly reads: readonly SettingName[];
  /** The longest texture that it is asked for, before it is slowed down, seconds. */
  readonly longestSec: (settings: S) => number;
  /** How many times as long as asked for the longest is, where it is slowed down; 1 where left out. */
  readonly mostStretch?: (settings: S) => number;
  /**
   * What of its textures is left to chance, so that another seed gives another sound: every one, or some, as those
   * that could not be cut as they are; left out, none.
   */
  readonly usesSeed?: 'always' | 'sometimes';
  /** The setting that says how long what it makes is; left out where that follows from something else. */
  readonly lengthSetting?: readonly [section: string, key: string];
}

/** Makes textures of a source. */
interface SourceMaker<S extends SharedSettings, Why extends Coded> extends AnyMaker<S> {
  readonly input: 'source';
  readonly phase: PhaseDefinition<S>;
  /** The textures that it may make, known without analysing. */
  readonly expected: (settings: S) => readonly ExpectedTexture[];
  /** The shortest source that it can work with, seconds; {@link SHORTEST_SEC} where left out. */
  readonly leastSec?: number;
  /**
   * Its textures are parts of the source that do not overlap, so there are never more bytes of them; null where they may
   * be anything. Left out: null.
   */
  readonly parts?: (settings: S) => { readonly leastSec: number; readonly most: number } | null;
  readonly load: () => Promise<Maker<S, Why>>;
}

/** Makes textures of nothing, where there is no source for another maker. */
interface SourcelessMaker<S extends SharedSettings, Why extends Coded> extends AnyMaker<S> {
  readonly input: 'nothing';
  readonly phase: null;
  /** That maker. */
  readonly standsInFor: MakerId;
  readonly isWanted: (settings: S) => boolean;
  /** The textures that it may make, known without analysing. */
  readonly expected: (settings: S) => readonly ExpectedTexture[];
  readonly load: () => Promise<(settings: S, randomFor: RandomFor) => Iterable<Made<Why>>>;
}

/** Lays textures of one family over those of others. */
export interface LayerMaker<S extends SharedSettings> extends AnyMaker<S> {
  readonly input: 'textures';
  readonly phase: null;
  /** What the command line says of the command, which is called as the maker is. */
  readonly help: string;
  /** Which setting to change where {@link below} names no family, as a sentence without its end. */
  readonly nothingBelow: string;
  /** The family of what lies above, whose textures give these their origin and root. */
  readonly above: FamilyId;
  /** The families of what may lie below. */
  readonly below: (settings: S) => readonly FamilyId[];
  /** The naming key of what comes of it. */
  readonly naming: string;
  /** How many textures are laid of each that lies above, if there is so much to lay below. */
  readonly each: (settings: S) => number;
  /** Lays one over the other; null where one of them is silent. */
  readonly load: () => Promise<(above: Sound, below: Sound, settings: S) => Sound | null>;
}

/** A section of the settings, or one key of it: `clouds`, `export.clouds_stereo`. */
export type SettingName = string;

/** Shorter than this there is nothing to hold: the shortest grain, by default; seconds. */
export const SHORTEST_SEC = 0.05;

/** A texture that a maker may make. */
export interface ExpectedTexture {
  /** A key of its family's `naming`. */
  readonly naming: string;
  /** Null where there are as many as are detected, up to `most`. */
  readonly index: number | null;
  readonly most?: number;
  /** {@link DETECTED} stands for what only analysis tells. */
  readonly variant: string;
  /** False where analysis decides whether there is such a texture. */
  readonly certain: boolean;
}

/** Stands in a name for what only analysis tells, until it becomes `*`, which names may not hold. */
export const DETECTED = '⁂';
