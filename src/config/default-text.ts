import { describeAllowed } from './allowed.ts';
import { settingsUnder } from './defaults.ts';
import { SCHEMA_FILE_NAME, type SettingNode, type SettingPath, settingsTree } from './json-schema.ts';
import { presetNamed } from './presets.ts';
import { valueAt } from './trees.ts';

const LINE_WIDTH = 100;

const HEADER = [
  'Settings of afterglow-engine. Every key may be left out; it then has the default named above it.',
  'A preset given on the command line lies under this file: what is set here counts.',
];

/**
 * A config.yaml with every key and, above it, what it does, what it may be and its default.
 *
 * @param presetName writes that preset's values instead of the defaults, each with a note.
 * @throws ConfigError if there is no such preset.
 */
export function defaultConfigText(presetName?: string): string {
  const preset = presetName === undefined ? null : presetNamed(presetName);
  const settings = settingsUnder(preset?.settings ?? {});
  const intro = preset === null ? HEADER : [...HEADER, `Preset ${presetName}: ${preset.description}`];
  const lines = [`# yaml-language-server: $schema=./${SCHEMA_FILE_NAME}`, ...comment(intro, '')];

  const writeSection = (section: SettingNode, path: SettingPath): void => {
    const indent = '  '.repeat(path.length);
    for (const [key, node] of Object.entries(section.properties!)) {
      const at = [...path, key];
      const isFirstInSection = lines.at(-1)!.endsWith(':');
      if (!isFirstInSection) lines.push('');
      lines.push(...comment([node.description!], indent));
      if (node.properties) {
        lines.push(`${indent}${key}:`);
        writeSection(node, at);
      } else {
        const isFromPreset = valueAt(preset?.settings, at) !== undefined;
        lines.push(...comment([factsOf(node, isFromPreset ? presetName : undefined)], indent));
        lines.push(`${indent}${key}: ${yamlValue(valueAt(settings, at))}`);
      }
    }
  };
  writeSection(settingsTree(), []);
  return `${lines.join('\n')}\n`;
}

function factsOf(node: SettingNode, presetName: string | undefined): string {
  const note = presetName === undefined ? '' : ` Set by the preset ${presetName}.`;
  return `Allowed: ${describeAllowed(node)}. Default: ${yamlValue(node.default)}.${note}`;
}

/** A value in YAML, on one line: as it is written in the config file. */
export function yamlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[a-z][\w/.-]*$/i.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/** Comment lines, broken between words. */
function comment(paragraphs: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  for (const paragraph of paragraphs) {
    let line = `${indent}#`;
    for (const word of paragraph.split(' ')) {
      if (line.length + 1 + word.length > LINE_WIDTH) {
        lines.push(line);
        line = `${indent}#`;
      }
      line += ` ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
