/** Which samples are one preset, and where it lies. */

import { groupedBy } from '../../groups.ts';
import { dirname, stem } from '../../paths.ts';
import type { Candidate } from '../candidate.ts';
import { folderPattern } from '../device-limits.ts';
import { kitFolderName, nameRules } from '../device-names.ts';
import { drumsName, isHit } from '../hits.ts';
import type { KitPlan } from '../plan.ts';
import type { DeviceOptions, MadeSample } from '../target.ts';

/**
 * The device takes a loop that ends with the file for none (antiero/xy-format, log of 2026-06-12), so its start stands behind
 * its end once more. Others leave five frames there (op-patchstudio).
 */
export const GUARD_FRAMES = 8;
/** Keys of a drum preset: F3 to E5, where C4 is 60. */
export const DRUM_KEYS = { first: 53, count: 24 };

const PRESET_ENDING = '.preset';

type PlanOptions = Pick<DeviceOptions, 'name' | 'profile' | 'families'>;

/** What is planned with names so short that a preset's folder and its sample, which share one, stay within the longest path. */
export function nameRoom<Options extends PlanOptions>(options: Options): Options {
  const { name, profile } = options;
  const longest = profile.longest_path.value;
  if (longest === null) return options;
  const { longest: longestName } = nameRules(profile);
  const folder = folderPattern(profile).replaceAll('{kit}', kitFolderName(name, nameRules(profile)));
  const room = Math.floor((longest - folder.length - `/${PRESET_ENDING}/.wav`.length) / 2);
  const longest_name = { ...profile.longest_name, value: Math.min(longestName, room) };
  return { ...options, profile: { ...profile, longest_name } };
}

/** The samples of a plan in the folders of their presets: each in its own, hits in one for each 24 of them. */
export function withPresetFolders<T extends Candidate>(
  plan: KitPlan<T>,
  { profile, families }: Pick<PlanOptions, 'profile' | 'families'>,
): KitPlan<T> {
  let hits = 0;
  const slots = plan.slots.map((slot) => {
    const cut = slot.file.lastIndexOf('/') + 1;
    const file = slot.file.slice(cut);
    const preset = isHit(slot.texture, families)
      ? drumsName(1 + Math.floor(hits++ / DRUM_KEYS.count), profile)
      : stem(file);
    return { ...slot, file: `${slot.file.slice(0, cut)}${preset}${PRESET_ENDING}/${file}` };
  });
  return { ...plan, slots };
}

export interface Preset {
  /** From the kit's folder on. */
  readonly folder: string;
  readonly isDrums: boolean;
  readonly samples: readonly MadeSample[];
}

/** The presets of a kit, in the order of its samples. */
export function presetFolders(
  samples: readonly MadeSample[],
  { families }: Pick<DeviceOptions, 'families'>,
): Preset[] {
  const byFolder = groupedBy(samples, ({ slot }) => dirname(slot.file));
  return [...byFolder].map(([folder, own]) => ({
    folder,
    isDrums: isHit(own[0].slot.texture, families),
    samples: own,
  }));
}
