/** Where the samples of a kit lie on a device, and what they are called there. */
import { ConfigError } from '../errors.ts';
import type { Candidate } from './candidate.ts';
import { folderPattern, hasOwnFolder } from './device-limits.ts';
import { deviceNames, nameRules, separatorOf } from './device-names.ts';
import { SHORTEST_NAME } from './limits.ts';
import type { Profile } from './profile.ts';
import type { DeviceOptions } from './target.ts';

/**
 * The file of each texture, bank after bank.
 * @throws ConfigError where the kit's name leaves no room for names in the device's longest path
 */
export function filesOf(
  banks: readonly (readonly Candidate[])[],
  { profile, name: kitName, families }: Pick<DeviceOptions, 'name' | 'profile' | 'families'>,
  sampleEnding: string,
): string[] {
  const rules = nameRules(profile);
  const folders = foldersOf(banks, profile, kitName, separatorOf(rules.alphabet));
  const longestFolder = Math.max(0, ...folders.map(({ length }) => length));
  const longest = longestName(rules.longest, longestFolder + sampleEnding.length, profile);
  const names = deviceNames(banks.flat(), { ...rules, longest }, families);
  return names.map((name, i) => `${folders[i]}${name}${sampleEnding}`);
}

/**
 * The folder of each file, with its last slash. A kit with a folder of its own has one for each bank, numbered where there are
 * several, and further ones where a folder takes fewer files.
 */
function foldersOf(
  banks: readonly (readonly Candidate[])[],
  profile: Profile,
  kitName: string,
  separator: string,
): string[] {
  const pattern = folderPattern(profile);
  const most = hasOwnFolder(profile) ? (profile.most_files_per_folder.value ?? Infinity) : Infinity;
  return banks.flatMap(({ length }, bank) => {
    const number = banks.length === 1 ? '' : `${separator}${String(bank + 1).padStart(2, '0')}`;
    return Array.from({ length }, (_, i) => {
      const part = Math.floor(i / most);
      const further = part === 0 ? '' : `${separator}${part + 1}`;
      const path = pattern.replaceAll('{kit}', `${kitName}${number}${further}`);
      return path === '' ? '' : `${path}/`;
    });
  });
}

/** @param around characters of the longest folder and of the ending */
function longestName(longest: number, around: number, { longest_path, device }: Profile): number {
  const path = longest_path.value;
  const room = path === null ? longest : Math.min(longest, path - around);
  if (room < SHORTEST_NAME) {
    throw new ConfigError(
      `The kit's name leaves ${Math.max(0, room)} characters for each file, since ${device} takes paths of ${path}; give it a shorter --name.`,
    );
  }
  return room;
}
