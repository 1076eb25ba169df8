import type { SettingPath } from './json-schema.ts';

/** A section of settings, as plain data. */
export type Group = Record<string, unknown>;

export function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lays one tree of settings over another: sections are merged, values and lists replaced. */
export function layer(under: unknown, over: unknown): unknown {
  if (!isGroup(under) || !isGroup(over)) return over;
  const merged: Group = { ...under };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = Object.hasOwn(under, key) ? layer(under[key], value) : value;
  }
  return merged;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(tree: unknown, path: SettingPath): unknown {
  let found = tree;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** Every value of a tree with its path; a list is one value. */
export function leavesOf(tree: unknown, path: SettingPath = []): (readonly [SettingPath, unknown])[] {
  if (!isGroup(tree)) return [[path, tree]];
  return Object.entries(tree).flatMap(([key, part]) => leavesOf(part, [...path, key]));
}
