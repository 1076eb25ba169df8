/** Words that the glossary replaced: code and documents must not take them up again (docs/GLOSSARY.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** By the part of an identifier (`PassedOver` is `passed over`): what to write instead. */
const IN_CODE: Readonly<Record<string, string>> = {
  'heard|hears|hear|hearing|unheard': 'analysed, detected, audible: people hear, programs analyse',
  'ear|ears': 'analyser',
  told: 'reported; of an array, warnings',
  'errand|boy': 'request queue',
  'shelf|atlas|desk': 'export index, thumbnail sheet, panel',
  'unease|restlessness|stillness': 'penalty, stability',
  'smear|smeared': 'randomise phases, phase-randomised',
  'foresee|foretell|foretold': 'preview, expected',
  makings: 'makers',
  remaking: 'remake request',
  'passed over': 'skipped, not chosen, ignored',
  'refuse|refused|refusal|refusals|refuses': 'rejected, excluded, failed',
  'gate|gates': 'limit',
  'chance|wish|dusts|workbench': 'random, options, textures, workspace',
};

/** Code that keeps such a word, by the start of its path, with the reason. */
const KEPT_IN_CODE: Readonly<Record<string, string>> = {
  // Keys of the cache, of run.jsonl and of `--json`: other programs, and folders of before, have them.
  'src/engine/cache': 'heard|ear|passed over',
  'src/engine/unit-draft.ts': 'passed over',
  'src/engine/up-to-date.ts': 'makings|passed over',
  'src/engine/excavate.ts': 'makings|passed over',
  'src/engine/events.ts': 'makings',
  'src/engine/route-by-kind.ts': 'heard|ear',
  'src/cli/progress.ts': 'makings',
  'src/cli/documents.ts': 'passed over',
  'src/cli/dry-run.ts': 'heard',
  'src/cli/commands/info.ts': 'refused',
  // Fields of reasons why something was not made, which the cache and `--json` hold as data.
  'src/families/pads/': 'refused|gate|heard',
  'src/families/room-tone/': 'refused|gate',
  'src/families/clouds/': 'gate|gates',
  'src/families/shared/limit-words.ts': 'gate',
  // The part of a quality, by its name in `curate --explain --json`; a figure of the table of kinds.
  'src/curation/quality.ts': 'stillness',
  'src/analysis/source-kind-table.ts': 'stillness',
  'src/analysis/kind-figures.ts': 'stillness',
  // Field terms: a gate of ITU-R BS.1770, a shelving filter.
  'src/dsp/loudness.ts': 'gate|shelf',
  'src/analysis/song-level.ts': 'gate',
};

/** Words and phrases that documents must not hold, outside of code spans. */
const IN_DOCS =
  /\b(passed over|passes over|hold still|holds still|smear(ed|s)?|by ear|anew|errand|unease|atlas|stillness|refused?|refuses|astray|is told of|are told of)\b/i;

/** Lines that may, each with its reason. */
const KEPT_IN_DOCS: readonly RegExp[] = [
  // Parts of a quality go by their names in JSON.
  /stillness (\d|\()/,
];

describe('words that the glossary replaced', () => {
  it('do not come back as names in the code', () => {
    const found = filesBelow('src', /\.ts$/).flatMap((path) => {
      const kept = Object.entries(KEPT_IN_CODE).flatMap(([start, words]) =>
        path.startsWith(start) ? words.split('|') : [],
      );
      return replacedWordsIn(path)
        .filter((word) => !kept.includes(word))
        .map((word) => `${path}: ${word}`);
    });
    expect(found).toEqual([]);
  });

  it('are all still there where they are excepted', () => {
    const gone = Object.entries(KEPT_IN_CODE).flatMap(([start, words]) => {
      const files = filesBelow('src', /\.ts$/).filter((path) => path.startsWith(start));
      const found = files.flatMap(replacedWordsIn);
      return words.split('|').flatMap((word) => (found.includes(word) ? [] : [`${start}: ${word}`]));
    });
    expect(gone).toEqual([]);
  });

  it('do not come back in the documents', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', /\.md$/)];
    const found = pages.flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .map((line) => line.replaceAll(/`[^`]*`/g, ''))
        .filter((line) => IN_DOCS.test(line) && !KEPT_IN_DOCS.some((kept) => kept.test(line)))
        .map((line) => `${path}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});

function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
    .sort();
}

/** Each once. */
function replacedWordsIn(path: string): string[] {
  const names = new Set(identifiersOf(readFileSync(join(ROOT, path), 'utf8')));
  return [...new Set([...names].flatMap(wordsIn))];
}

/** Names in TypeScript, without comments and what stands in quotes; parts of templates between braces count. */
function identifiersOf(code: string): string[] {
  const bare = code
    .replaceAll(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*/g, ' ')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, ' ')
    .replaceAll(/`(?:[^`\\]|\\.)*`/g, (text) => (text.match(/\$\{[^}]*\}/g) ?? []).join(' '));
  return bare.match(/[A-Za-z_$][\w$]*/g) ?? [];
}

/** Which of the words a name holds: `isHeardEntry` holds `heard`. */
function wordsIn(name: string): string[] {
  const parts = ` ${name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()} `;
  return Object.keys(IN_CODE)
    .flatMap((words) => words.split('|'))
    .filter((word) => parts.includes(` ${word} `));
}
