import type { RetiredKeys } from '../settings/old-keys.ts';
import { pathName, type SettingNode, type SettingPath, settingAt } from './json-schema.ts';
import { nearestName } from './nearest.ts';
import { retiredKeys, withNewKeys } from './old-keys.ts';
import type { Families } from './settings.ts';
import { type Group, isGroup, leavesOf, valueAt } from './trees.ts';
import type { Remark, YamlFile } from './yaml-file.ts';

/** What a config file says, in the schema's own keys and shapes; its values are not checked yet. */
export interface TidyConfig {
  readonly value: unknown;
  readonly warnings: readonly Remark[];
  /** The path in the file that gave the value at a path of the settings. */
  readonly originOf: (path: SettingPath) => SettingPath;
}

/**
 * Brings a file to the schema's keys: old keys get their new names, unknown ones are left out with a warning,
 * empty sections disappear, a single value stands for a list of one.
 */
export function tidyConfig(file: YamlFile, tree: SettingNode, families: Families): TidyConfig {
  const warnings: Remark[] = [];
  const origins = new Map<string, SettingPath>();
  const originOf = (path: SettingPath) => origins.get(pathName(path)) ?? path;
  const root = file.value ?? {};
  if (!isGroup(root)) return { value: root, warnings, originOf };

  const renamed = renameOldKeys(root, file, families, warnings, origins);
  const value = tidyGroup(renamed, tree, [], tree, file, retiredKeys(families), warnings, originOf);
  return { value, warnings, originOf };
}

function renameOldKeys(
  root: Group,
  file: YamlFile,
  families: Families,
  warnings: Remark[],
  origins: Map<string, SettingPath>,
): Group {
  const { value, found } = withNewKeys(root, families);
  for (const { key, isSuperseded, places } of found) {
    const [old, now] = [pathName(key.old), pathName(key.now)];
    warnings.push({
      position: file.keyPositionOf(key.old),
      text: isSuperseded
        ? `${old} is the old name of ${now}, which is set as well and counts.`
        : `${old} is now called ${now}; the old name still works.`,
    });
    for (const path of places) {
      origins.set(pathName(path), key.old);
      for (const [below] of leavesOf(valueAt(value, path))) {
        if (below.length > 0) origins.set(pathName([...path, ...below]), [...key.old, ...below]);
      }
    }
  }
  return value;
}

function tidyGroup(
  group: Group,
  node: SettingNode,
  path: SettingPath,
  tree: SettingNode,
  file: YamlFile,
  retired: RetiredKeys,
  warnings: Remark[],
  originOf: TidyConfig['originOf'],
): Group {
  const tidied: Group = {};
  for (const [key, value] of Object.entries(group)) {
    const at = [...path, key];
    const child = settingAt(node, [key]);
    if (child === undefined) {
      warnings.push({
        position: file.keyPositionOf(originOf(at)),
        text: unknownKeyText(at, node, tree, retired),
      });
    } else if (child.properties && isGroup(value)) {
      tidied[key] = tidyGroup(value, child, at, tree, file, retired, warnings, originOf);
    } else if (!(child.properties && value === null)) {
      tidied[key] = tidyValue(value, child, file.sourceOf(originOf(at)));
    }
  }
  return tidied;
}

/** YAML 1.1, which Python's reader speaks, has more words for true and false. */
const OLD_BOOLEANS: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function tidyValue(value: unknown, node: SettingNode, source: string | undefined): unknown {
  if (node.type === 'array' && !Array.isArray(value) && !isGroup(value) && value !== null) return [value];
  if (node.type === 'boolean' && typeof value === 'string') {
    return own(OLD_BOOLEANS, value.toLowerCase()) ?? value;
  }
  // A folder called 2024 is a name, whatever YAML makes of it.
  const isText = node.type === 'string' && node.enum === undefined;
  if (isText && (typeof value === 'number' || typeof value === 'boolean')) return source ?? String(value);
  return value;
}

function unknownKeyText(
  path: SettingPath,
  section: SettingNode,
  tree: SettingNode,
  retired: RetiredKeys,
): string {
  const name = pathName(path);
  const why = own(retired, name);
  if (why !== undefined) return `${name} is no longer used: ${why}.`;
  const steps = String(path.at(-1)).split('.');
  if (path.length === 1 && steps.length > 1 && settingAt(tree, steps) !== undefined) {
    return `${name} is not a setting and is ignored; write ${steps.at(-1)} indented on a line of its own under "${steps[0]}:".`;
  }
  const nearest = nearestSetting(path, section, tree);
  const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
  return `${name} is not a setting and is ignored${hint || '.'}`;
}

/** The same name in another section, or else a name like it in this one. */
function nearestSetting(path: SettingPath, section: SettingNode, tree: SettingNode): string | null {
  const key = String(path.at(-1));
  const elsewhere = Object.entries(tree.properties ?? {}).find(([, other]) => settingAt(other, [key]));
  const nearest = nearestName(key, Object.keys(section.properties ?? {}));
  const sibling = nearest === null ? null : pathName([...path.slice(0, -1), nearest]);
  return elsewhere ? pathName([elsewhere[0], key]) : sibling;
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
