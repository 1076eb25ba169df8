import { FAMILIES } from '../families/index.ts';
import { describeAllowed } from './allowed.ts';
import { yamlValue } from './default-text.ts';
import {
  pathName,
  SCHEMA_FILE_NAME,
  type SettingNode,
  type SettingPath,
  settingsTree,
} from './json-schema.ts';
import { oldKeys, retiredKeys } from './old-keys.ts';
import { PRESET_NAMES, presetNamed } from './presets.ts';
import { leavesOf } from './trees.ts';

/** docs/CONFIGURATION.md: every setting and preset, written from the schema. */
export function configurationReference(): string {
  const tree = settingsTree();
  return `${[
    '<!-- Written by scripts/generate-docs.mjs from src/settings and src/families. Do not edit: change a setting there, build, and run the script. -->',
    '# Configuration',
    INTRODUCTION,
    '## Settings',
    ...sections(tree, []),
    '## Presets',
    'A preset lies between the defaults and your file: what it does not name keeps its default, and what your file sets counts. `afterglow init --preset NAME` writes a file with its values; `--preset NAME` lays it under the file you have.',
    ...PRESET_NAMES.map(presetEntry),
    '## Old keys',
    'A `config.yaml` of the Python program loads as it is, and one of an older version too. These keys have new names; the old ones still work, with a warning:',
    table(
      ['old key', 'now'],
      oldKeys(FAMILIES).map(({ old, now }) => [code(pathName(old)), code(pathName(now))]),
    ),
    'These have no effect any more, and say so:',
    table(
      ['key', 'why'],
      Object.entries(retiredKeys(FAMILIES)).map(([key, why]) => [code(key), why]),
    ),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `The engine reads \`config.yaml\` (YAML 1.2) in the folder it is run in, or the file named by \`--config\`. The first run writes one with every key and a comment above it; \`afterglow init\` does the same.

- A key that is missing has its default, so a file may be as short as one line.
- A key the engine does not know is ignored, with a warning that names the nearest one it does.
- A wrong value stops the run before anything is read, with file, line, column, the value and what is allowed: \`config.yaml:14:20: clouds.overlap_ratio is 1.5; it must be a number greater than 0 and less than 1.\`
- Where a list is wanted, one value will do: \`target_durations_sec: 2.0\`.
- \`afterglow validate\` checks a file without running anything.
- \`${SCHEMA_FILE_NAME}\`, written beside the config by \`afterglow init\`, gives editors that speak YAML Language Server completion and checking; the first line of the config points to it.

Levels named dBFS RMS are of the whole signal, all channels averaged. Filters above half the sample rate are lowered to it.`;

function sections(node: SettingNode, path: SettingPath): string[] {
  return Object.entries(node.properties!).flatMap(([key, child]) => {
    if (!child.properties) return [];
    const at = [...path, key];
    const settings = Object.entries(child.properties).filter(([, setting]) => !setting.properties);
    const rows = settings.map(([name, setting]) => [
      code(name),
      code(yamlValue(setting.default)),
      describeAllowed(setting),
      setting.description!,
    ]);
    const heading = `${'#'.repeat(at.length + 2)} ${pathName(at)}`;
    return [heading, child.description!, table(['key', 'default', 'allowed', 'what it does'], rows)].concat(
      sections(child, at),
    );
  });
}

function presetEntry(name: string): string {
  const { description, settings } = presetNamed(name);
  const rows = leavesOf(settings).map(([path, value]) => [code(pathName(path)), code(yamlValue(value))]);
  return `### ${name}\n\n${description}\n\n${table(['key', 'value'], rows)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
