import * as z from 'zod';
import { FAMILIES } from '../families/index.ts';
import { settingsSchema } from './schema.ts';
import type { Families } from './settings.ts';

/** The part of JSON Schema (draft 2020-12) that describes a setting or a section of them. */
export interface SettingNode {
  readonly description?: string;
  /** What a text has to be, where `type` does not say it. */
  readonly title?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SettingNode>>;
  readonly items?: SettingNode;
  readonly minItems?: number;
  readonly anyOf?: readonly SettingNode[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** Where in the settings something stands: keys, and list positions counted from 0. */
export type SettingPath = readonly (string | number)[];

/** Name of the JSON Schema that is written beside config.yaml, for editors. */
export const SCHEMA_FILE_NAME = 'afterglow.schema.json';

/** The JSON Schema (draft 2020-12) of config.yaml: every key with its description, bounds and default. */
export function configJsonSchema(families: Families = FAMILIES): Record<string, unknown> {
  const { $schema, ...body } = z.toJSONSchema(settingsSchema(families), { io: 'input' });
  return { $schema, title: 'Settings of afterglow-engine (config.yaml)', ...body };
}

const trees = new WeakMap<Families, SettingNode>();

/** The same, typed, for walking along with a config; made once, as that takes longer than reading a config. */
export function settingsTree(families: Families = FAMILIES): SettingNode {
  const tree = trees.get(families) ?? (configJsonSchema(families) as SettingNode);
  trees.set(families, tree);
  return tree;
}

/** What may stand at a path; undefined where no setting is known there. */
export function settingAt(root: SettingNode, path: SettingPath): SettingNode | undefined {
  let node: SettingNode | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    if (typeof step === 'number') node = node.items;
    else node = node.properties && Object.hasOwn(node.properties, step) ? node.properties[step] : undefined;
  }
  return node;
}

/** A key longer than any of ours is cut in messages. */
const LONGEST_KEY = 60;

/** "clouds.pitch_shift_range.min", "pad_miner.target_durations_sec[2]" (counted from 1, as people do). */
export function pathName(path: SettingPath): string {
  return path
    .map((step, depth) => {
      if (typeof step === 'number') return `[${step + 1}]`;
      const key = step.length > LONGEST_KEY ? `${step.slice(0, LONGEST_KEY)}…` : step;
      return depth === 0 ? key : `.${key}`;
    })
    .join('');
}
