import { createHash } from 'node:crypto';
import type { Settings } from '../config/settings.ts';
import type { Making } from './phases.ts';
import { RELEVANT_SETTINGS, settingValues } from './relevant-settings.ts';
import { SOUND_CODE } from './sound-code.ts';
import type { Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';

/** Names the unit of a task's making; see {@link unitKeys}. */
export type UnitKey = (task: Task, making: Making) => string;

/** Hex digits of the code's digest: 64 bits. */
const DIGITS = 16;

/** What makes textures: version of the engine and digest of that code, as `0.2.0 9f86d081884c7d65`. */
export function engineId(): string {
  return `${ENGINE_VERSION} ${SOUND_CODE.slice(0, DIGITS)}`;
}

/**
 * Digests of all that decides the bytes of a making's textures and their rows in the manifest, apart from the
 * engine ({@link engineId}), the source's content and the seed, which are compared by themselves. Where the source lies
 * counts, since the files and the manifest name it.
 *
 * @param settings those of the tasks
 */
export function unitKeys(settings: Settings): UnitKey {
  const ofMakings = new Map<Making, string>();
  const ofMaking = (making: Making): string => {
    const known = ofMakings.get(making);
    if (known !== undefined) return known;
    const values = settingValues(RELEVANT_SETTINGS[making], settings);
    const digest = sha256([making, values]);
    ofMakings.set(making, digest);
    return digest;
  };
  // What it was taken for stands in the manifest.
  return ({ name, source, route }, making) =>
    sha256([ofMaking(making), name, source, ...(route ? [route.kind, route.reason] : [])]);
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
