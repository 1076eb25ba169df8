import type { Families, Settings } from '../config/settings.ts';
import type { MakerId, SettingName } from '../families/family.ts';
import { makerOf } from '../families/lookup.ts';

/** The values of the settings that a maker reads, in the order of their names. */
export function relevantSettings(
  id: MakerId,
  settings: Settings,
  families: Families,
): (readonly [SettingName, unknown])[] {
  return [...makerOf(id, families).reads].sort().map((name) => [name, settingValue(name, settings)]);
}

function settingValue(name: SettingName, settings: Settings): unknown {
  const [section, key] = name.split('.');
  const values = settings[section as keyof Settings];
  return key === undefined ? values : values[key as keyof typeof values];
}
