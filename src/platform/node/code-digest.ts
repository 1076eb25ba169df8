import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What decides how textures sound is in all rooms but the one that prints. */
const NOT_COUNTED = /^cli[/\\]|\.d\.ts$/;
const CODE = /\.[jt]s$/;

let digest: string | undefined;

/**
 * SHA-256 of the engine's own code, the command line left out: textures of an engine that was changed are not taken
 * for this one's, also where nobody changed its version number. Some ms the first time.
 */
export function codeDigest(): string {
  if (digest !== undefined) return digest;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256');
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (CODE.test(path) && !NOT_COUNTED.test(path)) hash.update(readFileSync(`${root}/${path}`));
  }
  digest = hash.digest('hex');
  return digest;
}
