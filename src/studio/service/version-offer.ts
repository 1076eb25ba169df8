/** What may be another about a version of a texture. */
import { defaultSettings } from '../../config/defaults.ts';
import { parseConfig } from '../../config/parse.ts';
import type { Settings } from '../../config/settings.ts';
import { readSettingsRecord } from '../../engine/settings-record.ts';
import { FAMILIES } from '../../families/index.ts';
import { familyOf, makersOf } from '../../families/lookup.ts';
import type { Platform } from '../../platform/platform.ts';
import type { VersionOffer } from '../protocol.ts';
import type { Found } from './library.ts';
import { isShared, settingsRead } from './run-settings.ts';

/** What can be changed so that another sound comes of it; nothing where an older version made it. */
export async function versionOffer(platform: Platform, found: Found): Promise<VersionOffer> {
  const { texture, exportIndex } = found;
  const maker = makersOf<Settings>(FAMILIES).find(({ id }) => id === texture.row.making);
  const recorded = (await readSettingsRecord(platform, exportIndex.exportFolder)).get(texture.row.settings);
  if (!maker || !recorded) return { seed: 'never', hasLength: false, settings: [] };
  const isCut = familyOf<Settings>(texture.family, FAMILIES).cutWord !== undefined && !texture.isLoop;
  return {
    seed: maker.usesSeed ?? 'never',
    hasLength: maker.lengthSetting !== undefined && !isCut,
    settings: settingsRead([maker], settingsOf(recorded)).filter((setting) => !isShared(setting)),
  };
}

/** Those that it was made with; where they no longer are settings, those that are usual. */
function settingsOf(recorded: object): Settings {
  try {
    return parseConfig(JSON.stringify(recorded), 'these settings').settings;
  } catch {
    return defaultSettings();
  }
}
