/** What is going to be written: which textures fit, in what shape and under what names. */
import type { Candidate } from './candidate.ts';
import type { LeftOutReason } from './left-out.ts';
import type { WantedShape } from './shape.ts';

/** How much of a device a kit takes. */
export interface KitSize {
  readonly samples: number;
  /** Of mono: a stereo sample counts twice. */
  readonly seconds: number;
  /** Of sound data. */
  readonly bytes: number;
}

/** The place of one texture. */
export interface Slot<T extends Candidate = Candidate> {
  readonly texture: T;
  /** What it is fitted to; null: it is taken as its file is, byte for byte. */
  readonly shape: WantedShape | null;
  /**
   * The sample file that holds it, with slashes, from the folder on, or in the file that holds all samples. Slots that
   * name the same file lie in it one after the other.
   */
  readonly file: string;
}

export interface LeftOut<T extends Candidate = Candidate> {
  readonly texture: T;
  readonly reason: LeftOutReason;
}

export interface TargetPlan<T extends Candidate = Candidate> {
  /** In the order in which they are listed. */
  readonly slots: readonly Slot<T>[];
  /** Best first. */
  readonly leftOut: readonly LeftOut<T>[];
}

export interface KitSlot<T extends Candidate = Candidate> extends Slot<T> {
  readonly shape: WantedShape;
  /** What it takes of the device at most. */
  readonly size: KitSize;
  /** The device plays it from its card, and it takes no memory. */
  readonly isStreamed: boolean;
}

export interface KitPlan<T extends Candidate = Candidate> extends TargetPlan<T> {
  /** The kit's name in the device's characters. */
  readonly name: string;
  /** As the device lists them: by family, best first. Copied to a card's root, each lies where the device looks. */
  readonly slots: readonly KitSlot<T>[];
  /** What is taken of its memory, or of all there is where it plays nothing from its card, */
  readonly used: KitSize;
  /** and what plays from the card. */
  readonly usedOfCard: KitSize;
  /** Of memory, null where there is no limit, or none that is known; and samples from the card, null where it plays none so. */
  readonly limits: { readonly [K in keyof KitSize]: KitSize[K] | null } & {
    readonly streamed: number | null;
  };
}
