/** Instruments for software samplers. */

export interface InstrumentFormatsAnswer {
  /** In the order in which they are offered; `sampler` is the sampler's name. */
  readonly formats: readonly { readonly id: string; readonly sampler: string }[];
}

export interface InstrumentRequest {
  /** The id of an {@link ExportFolder}. */
  readonly export: string;
  /** The id of one of {@link InstrumentFormatsAnswer}. */
  readonly format: string;
  readonly name: string;
  /** Replaces instruments of that name. */
  readonly force?: boolean;
}

export interface InstrumentAnswer {
  /** As the user would name it. */
  readonly folder: string;
  readonly count: number;
  /** Textures that were left out, in sentences. */
  readonly problems: readonly string[];
}
