import type { Settings } from './settings.ts';

/** The settings with one of them set to true. */
export function withTurnedOn(
  settings: Settings,
  [section, key]: readonly [section: string, key: string],
): Settings {
  return { ...settings, [section]: { ...settings[section as keyof Settings], [key]: true } };
}
