/** All settings of a run, validated: key by key as in `config.yaml`, so that one name serves file, code and docs. */
export interface Settings {
  // The config schema replaces this sketch.
  readonly naming: Record<'pad', string>;
}
