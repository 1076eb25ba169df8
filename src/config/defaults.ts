import { settingsSchema } from './schema/settings.ts';
import type { Settings } from './settings.ts';

/** The settings of an empty config file. */
export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}
