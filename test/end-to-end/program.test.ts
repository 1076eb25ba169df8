/** The program as one text, with what V8 compiled of it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const node = (...words: string[]) => spawnSync(process.execPath, words, { encoding: 'utf8' });

/** Whether V8 compiles the text anew for an entry. */
const isRejected = (entry: string, ...flags: string[]) =>
  node(
    ...flags,
    '--input-type=module',
    '--eval',
    `await import(${JSON.stringify(at('dist/cli/v8-flags.js'))});
     const { loadProgram } = await import(${JSON.stringify(at('dist/platform/node/program.js'))});
     console.log((await loadProgram('${entry}')).script.cachedDataRejected);`,
  ).stdout.trim();

it.each(['main', 'worker'])('starts as it was compiled: %s', (entry) => {
  expect(isRejected(entry)).toBe('false');
});

it('is compiled anew under another flag, and runs all the same', () => {
  expect(isRejected('main', '--no-opt')).toBe('true');
  const { stdout, status } = node('--no-opt', at('bin/afterglow.js'), 'presets');
  expect(status).toBe(0);
  expect(stdout).toContain('tr8s');
});

it('needs nothing compiled for entries that start seldom', () => {
  expect(isRejected('render-thread')).toBe('undefined');
});

it('says what to do in a checkout that was not built', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'afterglow-unbuilt-'));
  cpSync(at('bin'), join(checkout, 'bin'), { recursive: true });
  cpSync(at('package.json'), join(checkout, 'package.json'));
  const { stderr, status } = node(join(checkout, 'bin/afterglow.js'), 'presets');
  rmSync(checkout, { recursive: true });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^\[✗\] afterglow is not built yet: [^\n]*run "npm ci" in its folder[^\n]*\n$/);
});
