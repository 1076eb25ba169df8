/** What a kit may take of a device at most, as its profile has it. */
import type { KitPlan } from './plan.ts';
import type { KnownValue, Profile } from './profile.ts';

/** Where a kit lies when nobody knows where the device looks. */
const UNKNOWN_FOLDER = '{kit}';

/** The folder of a kit's samples, `{kit}` standing for its name. */
export function folderPattern({ folder }: Pick<Profile, 'folder'>): string {
  return folder.value ?? UNKNOWN_FOLDER;
}

/** Whether a kit has a folder of its own there, and as many as it needs; else all kits share one. */
export function hasOwnFolder(profile: Pick<Profile, 'folder'>): boolean {
  return folderPattern(profile).includes('{kit}');
}

/** What a profile says that a kit may take at most. */
export function limitsOf(profile: Profile): KitPlan['limits'] {
  return {
    samples: mostSamplesOf(profile).value,
    seconds: profile.total_sec.value,
    bytes: mostBytesOf(profile).value,
  };
}

/** The memory that is left of a device's by what it takes for itself. */
export function mostBytesOf({ total_bytes, reserved_bytes }: Profile): KnownValue<number> {
  const { value } = total_bytes;
  return value === null ? total_bytes : { ...total_bytes, value: value - (reserved_bytes.value ?? 0) };
}

/** Samples of a bank, where a kit can have a folder for each. */
export function bankSizeOf(profile: Profile): number | null {
  return hasOwnFolder(profile) ? profile.bank_size.value : null;
}

/** Banks of a device; null where it has none, or nobody knows how many. */
export function mostBanksOf({ bank_size, most_samples }: Profile): number | null {
  if (bank_size.value === null || most_samples.value === null) return null;
  return Math.ceil(most_samples.value / bank_size.value);
}

/**
 * How many samples a kit has at most: as many as the device takes, or, where they all lie in one folder, as that takes if
 * those are fewer.
 */
export function mostSamplesOf(profile: Profile): KnownValue<number> {
  const { most_samples, most_files_per_folder } = profile;
  const inFolder = hasOwnFolder(profile) ? null : most_files_per_folder.value;
  const isFewer = inFolder !== null && inFolder < (most_samples.value ?? Infinity);
  return isFewer ? most_files_per_folder : most_samples;
}
