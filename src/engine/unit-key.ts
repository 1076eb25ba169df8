import type { Families, Settings } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import { sha256Of } from '../platform/sha256.ts';
import { relevantSettings } from './relevant-settings.ts';
import { SOUND_CODE } from './sound-code.ts';
import type { Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';

/** Names the unit of a task and a maker; see {@link unitKeys}. */
export type UnitKey = (task: Task, makerId: MakerId) => string;

/** Hex digits of the code's digest: 64 bits. */
const DIGITS = 16;

/** What makes textures: version of the engine and digest of that code, as `0.2.0 9f86d081884c7d65`. */
export function engineId(): string {
  return `${ENGINE_VERSION} ${SOUND_CODE.slice(0, DIGITS)}`;
}

/**
 * Digests of all that decides the bytes of a maker's textures and their rows in the manifest, apart from the
 * engine ({@link engineId}), the source's content and the seed, which are compared by themselves. Where the source lies
 * counts, since the files and the manifest name it.
 *
 * @param settings those of the tasks
 */
export function unitKeys(settings: Settings, families: Families): UnitKey {
  const ofMakers = new Map<MakerId, string>();
  const ofMaker = (makerId: MakerId): string => {
    const known = ofMakers.get(makerId);
    if (known !== undefined) return known;
    const digest = digestOf([makerId, relevantSettings(makerId, settings, families)]);
    ofMakers.set(makerId, digest);
    return digest;
  };
  // What it was taken for stands in the manifest.
  return ({ name, source, route }, makerId) =>
    digestOf([ofMaker(makerId), name, source, ...(route ? [route.kind, route.reason] : [])]);
}

function digestOf(parts: readonly unknown[]): string {
  return sha256Of(JSON.stringify(parts));
}
