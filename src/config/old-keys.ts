import type { OldKey, RetiredKeys } from '../settings/old-keys.ts';
import type { Families } from './settings.ts';
import { type Group, isGroup } from './trees.ts';

/** Keys that have new names, those of the Python program among them. */
export function oldKeys(families: Families): readonly OldKey[] {
  return families.flatMap((family) => family.oldKeys ?? []);
}

/** Keys of the Python program that have no effect any more, and why. */
export function retiredKeys(families: Families): RetiredKeys {
  return Object.assign({}, ...families.map((family) => family.retiredKeys ?? {}), {
    'curation.thresholds.max_rms_db': 'every file is levelled below its true-peak ceiling',
  });
}

/** An old key that was found. */
export interface FoundOldKey {
  readonly key: OldKey;
  /** The new one is set as well, and counts. */
  readonly isSuperseded: boolean;
  /** Where its value stands now; nowhere where it is superseded. */
  readonly places: readonly (readonly string[])[];
}

/** Settings with new names for old keys, and which were found. @param root sections by name; it stays as it is */
export function withNewKeys(
  root: Group,
  families: Families,
): { value: Group; found: readonly FoundOldKey[] } {
  const value = structuredClone(root);
  const found: FoundOldKey[] = [];
  for (const key of oldKeys(families)) {
    const parent = groupAt(value, key.old.slice(0, -1));
    const name = key.old.at(-1)!;
    if (!parent || !Object.hasOwn(parent, name)) continue;
    const old = parent[name];
    delete parent[name];
    const now = groupAt(value, key.now.slice(0, -1));
    const isSuperseded =
      now !== null && Object.hasOwn(now, key.now.at(-1)!) && now[key.now.at(-1)!] !== undefined;
    const translated = isSuperseded ? [] : key.translate(old);
    for (const [path, part] of translated) place(value, path, part);
    found.push({ key, isSuperseded, places: translated.map(([path]) => path) });
  }
  return { value, found };
}

function groupAt(root: Group, path: readonly string[]): Group | null {
  let group: unknown = root;
  for (const step of path) group = isGroup(group) && Object.hasOwn(group, step) ? group[step] : null;
  return isGroup(group) ? group : null;
}

function place(root: Group, path: readonly string[], value: unknown): void {
  let group = root;
  for (const step of path.slice(0, -1)) {
    group[step] = isGroup(group[step]) ? group[step] : {};
    group = group[step] as Group;
  }
  group[path.at(-1)!] = value;
}
