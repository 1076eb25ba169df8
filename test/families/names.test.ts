/** Outside src/families nothing names a family: what there is to say of one stands in its definition. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/families/index.ts';

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url));

/** Files that may, by path, each with the words it may use and the reason. */
const EXCEPTIONS: Readonly<Record<string, readonly [words: readonly string[], why: string]>> = {
  'palette/batch.ts': [['dust'], 'a step of batch has that name in --json'],
  'palette/step-outcome.ts': [['dust'], 'the same step'],
  'cli/exit-codes.ts': [['dust'], 'the same step'],
  'cli/documents.ts': [['dust'], 'the same step'],
  'cli/batch-summary.ts': [['dust'], 'the same step'],
  'cli/commands/batch.ts': [['dust'], 'the same step'],
  'studio/service/mining.ts': [['dust'], 'the same step'],
  'cli/commands/info.ts': [['silence'], 'a level, no family'],
  'config/presets.ts': [['hiss', 'drones', 'clouds'], 'presets are settings of several sections'],
  'engine/demo/pieces.ts': [['drums'], 'the folder of the user’s percussive material'],
  'targets/op-1/patch.ts': [['drum'], 'a type of patch on that device'],
  'targets/op-xy/patch.ts': [['drum'], 'a type of preset on that device'],
  'targets/part-groups.ts': [['drums'], 'a layout of instruments, by General MIDI'],
  'settings/output.ts': [['drums'], 'the folder of the user’s percussive material'],
  'studio/page/hands/key-groups.ts': [['silence'], 'what a key does'],
  'studio/page/hands/actions.ts': [['silence'], 'what a key does'],
  'studio/page/hands/controls.ts': [['silence'], 'what a key does'],
  'studio/page/playing/layers.ts': [['silence'], 'stops what plays'],
  'report/page/playback.ts': [['silence'], 'stops what plays'],
  'studio/page/main.ts': [['silence'], 'says that nothing plays'],
};

/** Ids, folders, words, makers and naming keys. */
const WORDS: ReadonlySet<string> = new Set(
  FAMILIES.flatMap(({ id, folder, singular, plural, naming, makers }) => [
    ...[id, folder, singular, plural, ...Object.keys(naming)],
    ...makers.map((maker) => maker.id),
  ]),
);

/** The words of families that stand in a text as a quoted word, or as a key of an object. */
function familiesNamedIn(code: string): string[] {
  const bare = code.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');
  const quoted = [...bare.matchAll(/(['"`])([\w-]+)\1/g)].map(([, , word]) => word);
  const keys = [...bare.matchAll(/(?<=[{,]\s*)([\w-]+)(?=: )/g)].map(([, word]) => word);
  return [...new Set([...quoted, ...keys].filter((word) => WORDS.has(word)))].sort();
}

const named = new Map(
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('families/'))
    .map((path) => [path, familiesNamedIn(readFileSync(join(SOURCES, path), 'utf8'))] as const)
    .filter(([, words]) => words.length > 0),
);

it('no file names a family, but for those that must', () => {
  const bad = [...named]
    .map(([path, words]) => [path, words.filter((word) => !EXCEPTIONS[path]?.[0].includes(word))] as const)
    .filter(([, words]) => words.length > 0);
  expect(Object.fromEntries(bad)).toEqual({});
});

it('every exception is one', () => {
  const unneeded = Object.entries(EXCEPTIONS).flatMap(([path, [words]]) =>
    words.filter((word) => !named.get(path)?.includes(word)).map((word) => `${path}: ${word}`),
  );
  expect(unneeded).toEqual([]);
});

describe('the judge', () => {
  it.each([
    ["if (family === 'drum') return;", ['drum']],
    ['const FOLDERS = { pad: 1,\n  swell: 2 };', ['pad', 'swell']],
    ["making === 'synthetic-hiss' || making === `pad-loops`", ['pad-loops', 'synthetic-hiss']],
    ["// 'drum'\n/* 'pad' */ const pad = drums.length;", []],
  ])('of %j', (code, words) => {
    expect(familiesNamedIn(code)).toEqual(words);
  });
});
