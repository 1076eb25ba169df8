/** Devices, and the kits made for them. */

export interface Profile {
  readonly id: string;
  readonly device: string;
  /** How a kit gets into the device. */
  readonly loading: string | null;
  /** Null where there is no limit, or none is known. */
  readonly limits: KitSize<number | null>;
  /** Seconds a sample; null where there is no limit, or none is known. */
  readonly longestSampleSec: number | null;
}

export interface ProfilesAnswer {
  readonly profiles: readonly Profile[];
}

export interface KitSize<T = number> {
  readonly samples: T;
  /** Of mono: a stereo sample counts twice. */
  readonly seconds: T;
  /** Of sound data. */
  readonly bytes: T;
}

export interface KitPlanRequest {
  /** The id of a {@link Profile}. */
  readonly profile: string;
  readonly name: string;
  /** Best first; all of one export. */
  readonly ids: readonly string[];
}

export interface KitPlanAnswer {
  /** In the device's characters. */
  readonly name: string;
  /** As the device lists them. */
  readonly slots: readonly {
    readonly id: string;
    /** As it will be called, in its folder. */
    readonly file: string;
    readonly size: KitSize;
  }[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  readonly used: KitSize;
  /** How long what is counted in `used` sounds, however many channels it has. */
  readonly soundSec: number;
  readonly limits: KitSize<number | null>;
  /** Where it would be made, as the user would name it. */
  readonly folder: string;
  /** Something is there already: making it needs `force`. */
  readonly isThere: boolean;
}

export interface KitRequest extends KitPlanRequest {
  /** What the device calls the place of each of `ids`, for `KIT.csv`. */
  readonly places?: readonly string[] | undefined;
  /** Replaces a kit of that name; else the answer is 409 `needs-force` where there is one. */
  readonly force?: boolean;
}

export interface KitAnswer {
  /** As the user would name it. */
  readonly folder: string;
  readonly files: readonly {
    readonly id: string;
    readonly file: string;
    readonly durationSec: number;
    /** What was done so that it fits, in words. */
    readonly adaptations: readonly string[];
  }[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
  readonly used: KitSize;
  readonly limits: KitSize<number | null>;
}
