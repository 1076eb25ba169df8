import type { OrderFault } from '../settings/section.ts';
import { describeAllowed } from './allowed.ts';
import { settingsUnder } from './defaults.ts';
import { pathName, type SettingNode, type SettingPath, settingAt } from './json-schema.ts';
import type { Families, PartialSettings } from './settings.ts';
import type { TidyConfig } from './tidy.ts';
import { valueAt } from './trees.ts';
import type { Remark, YamlFile } from './yaml-file.ts';

/** What a problem is worded from. */
interface Scene {
  readonly file: YamlFile;
  readonly tidy: TidyConfig;
  readonly preset: PartialSettings;
  readonly tree: SettingNode;
  readonly families: Families;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly params?: Record<string, unknown> | undefined;
}

/** Says what is wrong with one value, from an issue that zod found: where, what it is, what it may be. */
export function problemOf(issue: object, scene: Scene): Remark {
  const { file, tidy, tree } = scene;
  const { path: keys, params } = issue as Issue;
  const path = keys as SettingPath;
  if (params && 'low' in params) {
    return orderProblem(path.slice(0, -1), params as unknown as OrderFault, scene);
  }
  const origin = tidy.originOf(path);
  const value = shown(valueAt(tidy.value, path), file.sourceOf(origin));
  const position = file.positionOf(origin);
  if (path.length === 0) {
    return { position, text: `the file is ${value}; it must hold sections, such as "global:".` };
  }
  const allowed = () => `must be ${describeAllowed(settingAt(tree, path)!)}`;
  const must = (params?.must as string | undefined) ?? allowed();
  return { position, text: `${pathName(origin)} is ${value}; it ${must}.` };
}

/** Two values in the wrong order: speaks of the one that the file sets. */
function orderProblem(
  section: SettingPath,
  { low, high, strictly }: OrderFault,
  { file, tidy, preset, families }: Scene,
): Remark {
  const isLowSet = valueAt(tidy.value, [...section, low]) !== undefined;
  const path = [...section, isLowSet ? low : high];
  const otherPath = [...section, isLowSet ? high : low];
  const other = valueAt(tidy.value, otherPath);
  const otherValue = other ?? valueAt(settingsUnder(preset, families), otherPath);
  const origin = tidy.originOf(path);
  const relation = isLowSet ? (strictly ? 'less than' : 'at most') : strictly ? 'more than' : 'at least';
  const unset = other === undefined ? ' unless the file says otherwise' : '';
  const value = shown(valueAt(tidy.value, path), file.sourceOf(origin));
  return {
    position: file.positionOf(origin),
    text: `${pathName(origin)} is ${value}; it must be ${relation} ${pathName(tidy.originOf(otherPath))}, which is ${shown(otherValue)}${unset}.`,
  };
}

const LONGEST_SHOWN = 60;

function shown(value: unknown, source?: string): string {
  if (value === null || value === undefined) return source ? 'null' : 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section of keys';
  const text = typeof value === 'string' ? JSON.stringify(value) : (source ?? String(value));
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
