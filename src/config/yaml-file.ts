import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { SettingPath } from './json-schema.ts';

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One sentence about one place. */
export interface Remark {
  readonly position: Position;
  readonly text: string;
}

/** A YAML text, read: its plain value, and where everything stands. */
export interface YamlFile {
  /** Plain objects, lists and scalars; undefined where there are problems. */
  readonly value: unknown;
  readonly problems: readonly Remark[];
  readonly warnings: readonly Remark[];
  /** Where the value at a path stands (its key, where the value is left empty); the nearest parent's if it is not there. */
  readonly positionOf: (path: SettingPath) => Position;
  /** Where the key at the end of a path stands. */
  readonly keyPositionOf: (path: SettingPath) => Position;
  /** The scalar at a path as it was typed; undefined if there is none. */
  readonly sourceOf: (path: SettingPath) => string | undefined;
}

/** Reads YAML 1.2 (with `<<` merges, as Python's reader has them). Never throws. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      merge: true,
      resolveKnownTags: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
    const problems = document.errors.map((error) => ({
      position: at(error.pos[0]),
      text: syntaxText(error.code, error.message),
    }));
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) !== undefined) return;
        const text = `*${alias.source} refers to an anchor that is not there.`;
        problems.push({ position: at(alias.range?.[0] ?? 0), text });
      },
      Map(_, map) {
        for (const key of duplicateKeys(map)) {
          const text = `${key.source ?? key.value} stands twice in its section; keep one of them.`;
          problems.push({ position: at(key.range?.[0] ?? 0), text });
        }
      },
    });
    const warnings = document.warnings.map((warning) => ({
      position: at(warning.pos[0]),
      text: `${warning.message}.`,
    }));
    const find = (path: SettingPath) => findNode(document, path);
    return {
      // Aliases are counted so that a file of nested references cannot fill the memory.
      value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 }),
      problems,
      warnings,
      positionOf: (path) => at(find(path).value),
      keyPositionOf: (path) => at(find(path).key),
      sourceOf: (path) => find(path).source,
    };
  } catch (error) {
    // Too many aliases, or nested deeper than the reader's stack.
    const start = { line: 1, column: 1 };
    const text = `this cannot be read as YAML (${(error as Error).message}).`;
    return {
      value: undefined,
      problems: [{ position: start, text }],
      warnings: [],
      positionOf: () => start,
      keyPositionOf: () => start,
      sourceOf: () => undefined,
    };
  }
}

/** Keys that an earlier key of the same map equals. (The reader's own check misplaces some.) */
function duplicateKeys(map: YAMLMap): Scalar[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key) || key.value === '<<') return [];
    const isDuplicate = seen.has(key.value);
    seen.add(key.value);
    return isDuplicate ? [key] : [];
  });
}

/** Offsets of a value and of its key, as far down the path as the file goes. */
function findNode(document: Document, path: SettingPath): { key: number; value: number; source?: string } {
  let node = document.contents as Node | null;
  let value = node?.range?.[0] ?? 0;
  let key = value;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return { key, value };
      key = (pair.key as Node).range?.[0] ?? value;
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
    }
    if (!isNode(next)) return { key, value: key };
    node = next;
    const isEmpty = isScalar(node) && node.value === null && !node.source;
    value = isEmpty ? key : (node.range?.[0] ?? key);
  }
  const source = isScalar(node) ? (node.source ?? String(node.value)) : undefined;
  return source === undefined ? { key, value } : { key, value, source };
}

function syntaxText(code: string, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'this line is indented with a tab; use spaces.';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---); keep everything in one.';
    default:
      return `this is not valid YAML: ${message.replace(/[.:]?\s*$/, '')}.`;
  }
}
