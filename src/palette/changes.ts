import type { Families } from '../config/settings.ts';
import type { RecordedSettings } from '../engine/settings-record.ts';
import { ConfigError } from '../errors.ts';
import { familyOf, makerOf } from '../families/lookup.ts';
import type { PaletteTexture } from './palette.ts';

/** What is to be otherwise than it was; what is left out stays. A rate changes the sound that was made, not how it was made. */
export interface RenderChanges {
  /** Hz. */
  readonly rate?: number;
  /** Bits: 16 or 24. */
  readonly depth?: number;
  /** Seconds. */
  readonly lengthSec?: number;
  readonly seed?: number;
  /** By section and key, instead of those that made it. */
  readonly settings?: RecordedSettings;
}

/**
 * Settings with which a texture is made as changed: a length is in seconds, so it leaves the grid of bars.
 * @throws ConfigError where the texture has no length of its own
 */
export function withChanges(
  recorded: RecordedSettings,
  texture: PaletteTexture,
  { depth, lengthSec, settings: changed = {} }: RenderChanges,
  families: Families,
): RecordedSettings {
  let settings = recorded;
  const set = (section: string, values: object) => {
    settings = { ...settings, [section]: { ...(settings[section] as object), ...values } };
  };
  for (const [section, values] of Object.entries(changed)) set(section, values as object);
  if (depth !== undefined) set('global', { output_bit_depth: depth });
  if (lengthSec !== undefined) {
    const [section, key] = lengthSetting(texture, families);
    set(section, { [key]: key === 'target_durations_sec' ? [lengthSec] : lengthSec });
    set('musicality', { snap_to_grid: false });
  }
  return settings;
}

function lengthSetting({ path, family, isLoop, row }: PaletteTexture, families: Families) {
  const { singular, cutWord } = familyOf(family, families);
  const setting = makerOf(row.making, families).lengthSetting;
  const isCut = cutWord !== undefined && !isLoop;
  if (setting && !isCut) return setting;
  const what = isCut ? cutWord : singular;
  throw new ConfigError(
    `“${path}” is as long as what it was cut from or made of, as every ${what}; leave --length out.`,
  );
}
