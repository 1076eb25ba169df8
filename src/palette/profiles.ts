/** Device profiles as files: those that come with the engine, and a user's own. */
import { textOf } from '../archive/text-file.ts';
import { nearestName } from '../config/nearest.ts';
import { ConfigError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { parseBundledProfile, parseProfile } from '../targets/parse-profile.ts';
import type { Profile } from '../targets/profile.ts';

const FOLDER = 'profiles';
const ENDING = '.json';

/** The names of the profiles that come with the engine, sorted. */
export function profileNames({ shipped }: Platform): string[] {
  return shipped
    .list(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length));
}

/**
 * A profile by its name, or by the path of its file, which has a slash or ends in `.json`.
 * @throws ConfigError where there is none of that name, or the file is none
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function readProfile(platform: Platform, nameOrPath: string): Promise<Profile> {
  if (/[/\\]|\.json$/i.test(nameOrPath)) {
    return parseProfile(await textOf(platform, platform.files.absolute(nameOrPath)), nameOrPath);
  }
  const names = profileNames(platform);
  const name = names.find((one) => plain(one) === plain(nameOrPath));
  if (name === undefined) {
    const nearest = nearestName(nameOrPath, names);
    const hint = nearest === null ? '"afterglow kit --list" lists them.' : `did you mean ${nearest}?`;
    throw new ConfigError(
      `There is no profile "${nameOrPath}"; ${hint} Your own is named by its file, such as ./${nameOrPath}.json.`,
    );
  }
  const path = `${FOLDER}/${name}${ENDING}`;
  return parseBundledProfile(await platform.shipped.read(path), path);
}

/** As a device is called on its case, too: TR-8S is tr8s. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('-', '');
}
