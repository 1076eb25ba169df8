/** Device profiles as files: those that come with the engine, and a user's own. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textOf } from '../archive/text-file.ts';
import { nearestName } from '../config/nearest.ts';
import { ConfigError } from '../errors.ts';
import { parseBundledProfile, parseProfile } from '../targets/parse-profile.ts';
import type { Profile } from '../targets/profile.ts';

const FOLDER = new URL('../../profiles/', import.meta.url);
const ENDING = '.json';

/** The names of the profiles that come with the engine, sorted. */
export function profileNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();
}

/**
 * A profile by its name, or by the path of its file, which has a slash or ends in `.json`.
 * @throws ConfigError where there is none of that name, or the file is none
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function readProfile(nameOrPath: string): Promise<Profile> {
  if (/[/\\]|\.json$/i.test(nameOrPath)) return parseProfile(await textOf(nameOrPath), nameOrPath);
  const names = profileNames();
  if (!names.includes(nameOrPath)) {
    const nearest = nearestName(nameOrPath, names);
    const hint = nearest === null ? '"afterglow kit --list" lists them.' : `did you mean ${nearest}?`;
    throw new ConfigError(
      `There is no profile "${nameOrPath}"; ${hint} Your own is named by its file, such as ./${nameOrPath}.json.`,
    );
  }
  const path = fileURLToPath(new URL(`${nameOrPath}${ENDING}`, FOLDER));
  return parseBundledProfile(await textOf(path), path);
}
