import { ConfigError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { settingsTree } from './json-schema.ts';
import { presetNamed } from './presets.ts';
import { problemOf } from './problems.ts';
import { settingsSchema } from './schema.ts';
import type { Families, Settings } from './settings.ts';
import { tidyConfig } from './tidy.ts';
import { layer, leavesOf, valueAt } from './trees.ts';
import { type Position, type Remark, readYaml } from './yaml-file.ts';

export interface ParseOptions {
  /** Name of a preset that lies between the defaults and the file. */
  readonly preset?: string;
  /** Whose sections there are. Default: the families of this program. */
  readonly families?: Families;
}

export interface ParsedConfig {
  readonly settings: Settings;
  /** One line each, `file:line:column: …`, in file order. */
  readonly warnings: readonly string[];
}

/** More problems than this are counted, not listed: the file is something else than a config. */
const LISTED_PROBLEMS = 20;

/**
 * Reads a config file: defaults, under the preset, under what the file says.
 *
 * @param text the file's text; an empty one gives the defaults.
 * @param fileName how messages call the file.
 * @throws ConfigError with one line a problem (`file:line:column: …`), in file order; `context.problems`
 * has the lines as a list, `context.warnings` what else there is to say of the file. Also if there is no such preset.
 */
export function parseConfig(text: string, fileName: string, options: ParseOptions = {}): ParsedConfig {
  const preset = options.preset === undefined ? {} : presetNamed(options.preset).settings;
  const file = readYaml(text);
  if (file.problems.length > 0) {
    throw configError(fileName, onePerLine(file.problems), lines(fileName, file.warnings));
  }

  const families = options.families ?? FAMILIES;
  const tree = settingsTree(families);
  const tidy = tidyConfig(file, tree, families);
  const warnings = lines(fileName, [...file.warnings, ...tidy.warnings]);
  const result = settingsSchema(families).safeParse(layer(preset, tidy.value));
  if (!result.success) {
    const problems = result.error.issues.map((issue) =>
      problemOf(issue, { file, tidy, preset, tree, families }),
    );
    throw configError(fileName, problems, warnings);
  }
  if (options.preset !== undefined) {
    warnings.push(...overriddenPreset(fileName, options.preset, preset, tidy.value));
  }
  return { settings: result.data, warnings };
}

function overriddenPreset(fileName: string, name: string, preset: object, value: unknown): string[] {
  const leaves = leavesOf(preset);
  const overridden = leaves.filter(([path, wanted]) => {
    const given = valueAt(value, path);
    return given !== undefined && JSON.stringify(given) !== JSON.stringify(wanted);
  });
  if (overridden.length === 0) return [];
  return [
    `${fileName}: the file itself sets ${overridden.length} of the ${leaves.length} keys of the preset ${name}, and the file counts; "afterglow init --preset ${name}" writes a file with the preset's values.`,
  ];
}

function configError(
  fileName: string,
  problems: readonly Remark[],
  warnings: readonly string[],
): ConfigError {
  const all = lines(fileName, problems);
  const listed = all.slice(0, LISTED_PROBLEMS);
  if (all.length > listed.length)
    listed.push(`${fileName}: and ${all.length - listed.length} more problems.`);
  return new ConfigError(listed.join('\n'), { context: { file: fileName, problems: listed, warnings } });
}

/** One broken line makes YAML readers stumble over what follows it; the first complaint is the true one. */
function onePerLine(remarks: readonly Remark[]): Remark[] {
  const sorted = remarks.toSorted((a, b) => inFileOrder(a.position, b.position));
  return sorted.filter((remark, index) => remark.position.line !== sorted[index - 1]?.position.line);
}

function lines(fileName: string, remarks: readonly Remark[]): string[] {
  const sorted = remarks.toSorted((a, b) => inFileOrder(a.position, b.position));
  const all = sorted.map(
    ({ position, text }) => `${fileName}:${position.line}:${position.column}: ${printable(text)}`,
  );
  return [...new Set(all)];
}

/** A file may hold line breaks and terminal commands in its keys; a message may not. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function inFileOrder(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}
