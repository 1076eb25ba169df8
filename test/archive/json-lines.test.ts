import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { appendLines, parseLines } from '../../src/archive/json-lines.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

const folder = await mkdtemp(join(tmpdir(), 'afterglow-lines-'));
afterAll(() => rm(folder, { recursive: true }));

/** As a strict reader has it: every line is a JSON text, the first too, and the last one ends. */
function strictly(text: string): unknown[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('every line is JSON, from the first one', async () => {
  const path = join(folder, 'log.jsonl');
  await appendLines(nodePlatform, path, [{ a: 1 }, { text: 'two\nlines' }]);
  await appendLines(nodePlatform, path, [{ b: 2 }]);
  const text = await readFile(path, 'utf8');
  expect(strictly(text)).toEqual([{ a: 1 }, { text: 'two\nlines' }, { b: 2 }]);
  expect(parseLines(text)).toEqual(strictly(text));
});

it('a line that was torn hurts only itself', async () => {
  const path = join(folder, 'torn.jsonl');
  await appendLines(nodePlatform, path, [{ a: 1 }]);
  await appendFile(path, '{"torn":');
  await appendLines(nodePlatform, path, [{ b: 2 }]);
  await appendLines(nodePlatform, path, [{ c: 3 }]);
  expect(await readFile(path, 'utf8')).toBe('{"a":1}\n{"torn":\n{"b":2}\n{"c":3}\n');
  expect(parseLines(await readFile(path, 'utf8'))).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
});

it('goes on with a file whose lines began with their breaks', async () => {
  const path = join(folder, 'earlier.jsonl');
  await appendFile(path, '\n{"a":1}\n{"b":2}');
  await appendLines(nodePlatform, path, [{ c: 3 }]);
  expect(parseLines(await readFile(path, 'utf8'))).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
});

it('keeps the lines of several writers apart, those who begin the file too', async () => {
  const built = new URL('../../dist/', import.meta.url).href;
  const path = join(folder, 'shared.jsonl');
  const [writers, each] = [4, 200];
  const code = `
    import { appendLines } from ${JSON.stringify(`${built}archive/json-lines.js`)};
    import { nodePlatform } from ${JSON.stringify(`${built}platform/node/platform.js`)};
    const [path, writer] = process.argv.slice(1);
    process.stdin.once('data', async () => {
      for (let n = 0; n < ${each}; n++) await appendLines(nodePlatform, path, [{ writer, n, filler: 'x'.repeat(n) }]);
      process.exit();
    });
    process.stdout.write('ready');`;
  const children = Array.from({ length: writers }, (_, writer) =>
    spawn(process.execPath, ['--input-type=module', '-e', code, path, String(writer)], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    }),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const ends = children.map((child) => once(child, 'exit'));
  for (const child of children) child.stdin.write('go');
  await Promise.all(ends);
  const entries = parseLines(await readFile(path, 'utf8')) as { writer: string; n: number }[];
  for (let writer = 0; writer < writers; writer++) {
    const own = entries.filter((entry) => entry.writer === String(writer));
    expect(own.map(({ n }) => n)).toEqual(Array.from({ length: each }, (_, n) => n));
  }
});
