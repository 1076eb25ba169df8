import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import type { Profile } from '../../src/targets/profile.ts';

/** A bundled profile with some figures changed. */
export async function ownProfile(name: string, changes: Record<string, unknown> = {}): Promise<Profile> {
  const file = JSON.parse(
    await readFile(join(import.meta.dirname, '../../profiles', `${name}.json`), 'utf8'),
  );
  return parseProfile(JSON.stringify({ ...file, ...changes }), name);
}
