import { FAMILIES } from '../families/index.ts';
import { settingsSchema } from './schema.ts';
import type { Families, PartialSettings, Settings } from './settings.ts';

/** The settings of an empty config file. */
export function defaultSettings(): Settings {
  return settingsUnder({});
}

/** The settings that hold where only some are given: the defaults fill the rest. */
export function settingsUnder(given: PartialSettings, families: Families = FAMILIES): Settings {
  return settingsSchema(families).parse(given);
}
