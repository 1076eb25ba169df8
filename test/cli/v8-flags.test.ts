import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { flagsFor } from '../../src/cli/v8-flags.ts';
import { PROGRAM } from '../end-to-end/afterglow.ts';

it('this Node knows every flag that it gets', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const known = new Set([...stdout.matchAll(/^ +--(?:no-)?([a-z0-9-]+) /gm)].map(([, name]) => name));
  const flags = flagsFor(process.versions.node);
  const names = flags.map((flag) => flag.replace(/^--(?:no-)?|=.*$/g, ''));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

it('a flag is left out where it is not known', () => {
  expect(flagsFor('20.20.2')).toContain('--interrupt-budget=500000');
  for (const version of ['21.7.3', '22.0.0', '24.22.3', '26.12.1']) {
    expect(flagsFor(version)).not.toContain('--interrupt-budget=500000');
    expect(flagsFor(version)).toHaveLength(flagsFor('20.20.2').length);
  }
  expect(flagsFor('28.0.0')).toEqual([]);
});

it('nothing is said on stderr', () => {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, '--help'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('a Node that is too old is told so in one line, exit code 2', () => {
  const asOld = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(asOld)}`, PROGRAM, '--help'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^\[✗\] afterglow needs Node 20 or newer, and this is Node 18\.20\.8; [^\n]*\n$/);
});
