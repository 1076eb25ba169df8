/** Making new textures: phases with their settings, and single textures rendered again. */

/** A setting of config.yaml that a phase reads. */
export interface Setting {
  readonly section: string;
  /** With a dot where it stands in another: `pitch_shift_range.max`. */
  readonly key: string;
  readonly description: string;
  /** What it accepts, in words: `a number from 0 to 1`. */
  readonly accepts: string;
  readonly form: SettingForm;
  /** In the project's config, or the default. */
  readonly value: unknown;
}

/** How a setting is filled in. */
export type SettingForm =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  /** Several values. */
  | { readonly kind: 'list' }
  | { readonly kind: 'value' };

export interface PhasesAnswer {
  /** Why nothing can be made, in a sentence; null where it can. */
  readonly problem: string | null;
  readonly phases: readonly {
    /** `make-clouds`. */
    readonly phase: string;
    /** `clouds`. */
    readonly title: string;
    /** The ids of the families that it makes, or makes more of. */
    readonly families: readonly string[];
    /** What it would be made of. */
    readonly sources: readonly { readonly name: string; readonly title: string }[];
    readonly settings: readonly Setting[];
  }[];
}

export interface RunRequest {
  /** The id of an {@link ExportFolder}. */
  readonly export: string;
  readonly phase: string;
  /** The `name` of a source of {@link PhasesAnswer}; null for all. */
  readonly source: string | null;
  /** Only what differs from the config: `{ "clouds": { "cloud_duration_sec": 12 } }`. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly seed?: number;
}

/** Why a run made no more than it did. */
export interface NotMade {
  /** In a sentence, which names settings as their forms do. */
  readonly words: string;
  /** Of these settings; null where no phase reads one. */
  readonly phase: string | null;
  /** The one source that it is about, by its `name` in {@link PhasesAnswer}; null where there are several. */
  readonly source: string | null;
  /** Those that the sentence names, by what it calls them, and that a run of that phase may change. */
  readonly settings: readonly (Pick<Setting, 'section' | 'key'> & { readonly title: string })[];
}

/** Mining sounds into an export, as `afterglow batch` does. */
export interface MineRequest {
  /** The id of an {@link ExportFolder}. */
  readonly export: string;
  /** A folder of the machine, from its root on; null: the demo's sounds. */
  readonly folder: string | null;
}

export interface RenderRequest {
  readonly id: string;
  readonly seed?: number;
  readonly lengthSec?: number;
  /** Only what is to be another than it was. */
  readonly settings?: RunRequest['settings'];
}

/** What may be another about a version of a texture, so that another sound comes of it. */
export interface VersionOffer {
  /** Whether chance has a part in it: in all of its kind, in some, in none. */
  readonly seed: 'always' | 'sometimes' | 'never';
  readonly hasLength: boolean;
  /** With the values that made it. */
  readonly settings: readonly Setting[];
}
