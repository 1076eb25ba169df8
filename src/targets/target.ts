/**
 * A target is one way of writing textures down for what plays them: a device's card, or a software sampler. Its object
 * says all there is to say of it; kits, instruments, profiles and the command line read that. A new one is a folder here
 * and a line in `index.ts`.
 *
 * The way of a texture: selection → plan (slots) → fit to the slot's shape → encode → index. Whoever walks it
 * (`palette/target-folder.ts`) reads and writes; a target only turns one thing into another.
 */
import type { Families } from '../config/settings.ts';
import type { Random } from '../dsp/random.ts';
import type { Sound } from '../dsp/sound.ts';
import type { Adaptation } from './adaptation.ts';
import type { Candidate } from './candidate.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan, Slot, TargetPlan } from './plan.ts';
import type { KnownKey, Profile } from './profile.ts';
import type { Room } from './room.ts';
import type { LayOut } from './sample-layout.ts';
import type { BitDepth } from './shape.ts';
import type { SoundLevel } from './sound-level.ts';
import type { Instrument, Moment, Scope } from './zones.ts';

/** A texture as targets see it. */
export interface TargetTexture extends Candidate {
  /** Its file's name without folder and ending. */
  readonly fileName: string;
  /** Of the source, as the manifest has it. */
  readonly sourcePath: string;
  /** Where in it the texture was taken from; null where that is not known. */
  readonly moment: Moment | null;
  /** MIDI note, deviation in cents, confidence 0 to 1; null where none was found. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  /** Beats a minute of its source, as far as it keeps them, and confidence 0 to 1; null where there is none. */
  readonly tempo: { readonly bpm: number; readonly confidence: number } | null;
  readonly lufs: number | null;
  readonly centroidHz: number | null;
}

/** What all targets are asked with. */
export interface TargetOptions {
  /** Of the kit, or of the instruments. */
  readonly name: string;
  /** What textures may be, in the order in which they are listed. */
  readonly families: Families;
  /** What files say they were made by. */
  readonly software: string;
}

export interface DeviceOptions extends TargetOptions {
  readonly profile: Profile;
  /** Whether the short one-shots of a family share a file, each a slice of it; by default they do not. */
  readonly chains?: boolean | undefined;
  /** By default all of the device. */
  readonly room?: Room | undefined;
}

export interface PlayerOptions extends TargetOptions {
  /** Which instruments are made. */
  readonly scopes: readonly Scope[];
  /** What samples are brought to, Hz; null: each keeps its own. */
  readonly rate: number | null;
  /** Whether the first frames of a loop follow once more behind its end. */
  readonly guardFrames: boolean;
}

/** Sound that has been fitted to its slot. */
export interface FittedSample {
  readonly slot: Slot<TargetTexture>;
  /** At its level. */
  readonly sound: Sound;
  /** Of that sound. */
  readonly level: SoundLevel;
  /** The random numbers for the dither. */
  readonly random: Random;
}

/** A file below the folder, with slashes. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A sample that lies in its file. */
export interface MadeSample<T extends TargetTexture = TargetTexture> {
  readonly slot: Slot<T>;
  readonly frameCount: number;
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channelCount: number;
  /** As it was written; null where it was taken as its file is. */
  readonly level: SoundLevel | null;
  readonly adaptations: readonly Adaptation[];
}

/** The bytes of a sample's file, by the name that its slot has for it. */
export type ReadSample = (file: string) => Promise<Uint8Array>;

/** A file that lists samples, or holds them. */
export interface IndexFile {
  readonly path: string;
  /** The instrument that it is; null where it is none of those that `presets.ts` lists. */
  readonly plays: Instrument | null;
  /** Text, or bytes as they come, so that nobody holds all samples at once. */
  readonly contents: string | AsyncIterable<Uint8Array>;
}

/**
 * What a target does, whoever asks for it. The list of targets is loaded for every `--help`, so whatever takes time to load
 * (the kernels, what uses them) is loaded by {@link encode} or {@link index}.
 */
export interface Target<Options extends TargetOptions> {
  /** What a profile's `target`, or `--format`, names. */
  readonly id: string;
  /** Whether samples are files in the folder, or lie in the index files. */
  readonly samples: 'files' | 'inside';
  /**
   * The bytes of a sample's file, and of whatever lies beside it. All that is said of a sound in its own file is said
   * here: loop, root, tempo, slices. Left out where all slots take textures as they are.
   * @param samples those whose slots name the file, in their order
   */
  encode?(
    samples: readonly FittedSample[],
    options: Options,
  ): readonly OutputFile[] | Promise<readonly OutputFile[]>;
  /**
   * What lists the samples, or holds them: once a kit, an instrument or a bank, as the format has it; none where
   * samples speak for themselves.
   */
  index(
    samples: readonly MadeSample[],
    options: Options,
    read: ReadSample,
  ): readonly IndexFile[] | Promise<readonly IndexFile[]>;
}

/** A device with limits, which a profile states: the command `kit` writes for it. */
export interface DeviceTarget extends Target<DeviceOptions> {
  readonly kind: 'device';
  /** What a sample's file is called behind its name, with its point; names and paths on a device are counted with it. */
  readonly sampleEnding: string;
  /** The depths that it can write. */
  readonly bitDepths: readonly BitDepth[];
  /** What a profile says that this target cannot keep to: the key, and what it must be. */
  contradictions(profile: Profile): readonly (readonly [KnownKey, string])[];
  /** Left out where a file is a sample, no more and no less; then the device has no chains. */
  readonly layOut?: LayOut;
  /**
   * The best textures that fit. Pure and quick, so that a page can show it while somebody chooses.
   * @param textures best first
   * @param leftOut textures that cannot be had, and why, by their paths
   * @throws ConfigError where the kit's name leaves no room for names in the device's longest path
   */
  plan<T extends Candidate>(
    textures: readonly T[],
    options: Pick<DeviceOptions, 'name' | 'profile' | 'families' | 'room' | 'chains'>,
    leftOut: ReadonlyMap<string, LeftOutReason>,
  ): KitPlan<T>;
}

/** A software sampler, which takes any sound: the command `instrument` writes for it. */
export interface PlayerTarget extends Target<PlayerOptions> {
  readonly kind: 'player';
  /** The sampler's name, as `--help` has it. */
  readonly sampler: string;
  /** Whether `batch` writes it; else only `instrument` does. */
  readonly isPartOfBatch: boolean;
  /**
   * Which instruments are made where nobody says. Where each holds its samples, every further scope is the whole choice once
   * more.
   */
  readonly usualScopes: readonly Scope[];
  /** @param leftOut textures that cannot be had, and why, by their paths */
  plan<T extends TargetTexture>(
    textures: readonly T[],
    leftOut: ReadonlyMap<string, LeftOutReason>,
    options: PlayerOptions,
  ): TargetPlan<T>;
}

export type TargetDefinition = DeviceTarget | PlayerTarget;
