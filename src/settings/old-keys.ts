/** Settings that once were called otherwise, and those that are no more. */

/** Where in the settings something stood, or stands. */
type KeyPath = readonly string[];

/** A key that has a new name, or became several; or a whole section that has a new name. */
export interface OldKey {
  /** A section, or a section and a key. */
  readonly old: KeyPath;
  /** What it is called now. */
  readonly now: KeyPath;
  /** New paths and their values. */
  readonly translate: (value: unknown) => readonly (readonly [KeyPath, unknown])[];
}

/** Why keys have no effect any more, by their names. */
export type RetiredKeys = Readonly<Record<string, string>>;

/** A key that has a new name. */
export function renamedKey(section: string, old: string, now: string): OldKey {
  return { old: [section, old], now: [section, now], translate: (value) => [[[section, now], value]] };
}

/** A section that has a new name. */
export function renamedSection(old: string, now: string): OldKey {
  return { old: [old], now: [now], translate: (value) => [[[now], value]] };
}
