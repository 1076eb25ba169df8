/** Runs lines of a page or a job file as they stand, in a shell in which `afterglow` is the built program. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterglow, emptyFolder, PROGRAM } from './afterglow.ts';

/** Where `afterglow` lies, as `npm link` would put it on the PATH. */
const bin = await mkdtemp(join(tmpdir(), 'afterglow-bin-'));
await writeFile(join(bin, 'afterglow'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, {
  mode: 0o755,
});
process.on('exit', () => rmSync(bin, { recursive: true, force: true }));

/** @param shell that is given the lines; bash ends with the first that fails */
export function inShell(
  lines: string,
  folder: string,
  { env = {}, shell = ['bash', '-euc'] }: { env?: Record<string, string>; shell?: readonly string[] } = {},
) {
  const [program, ...flags] = shell;
  return spawnSync(program, [...flags, lines], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
    encoding: 'utf8',
    // Node's own would be a socket, which bash may take for a remote login's: it then runs /etc/bash.bashrc.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A project as `afterglow init` leaves it, with the sounds of another in its folders. */
export async function freshProject(archive: string): Promise<string> {
  const folder = await emptyFolder();
  await afterglow(['init'], { folder });
  for (const [from, name] of SOUNDS) await cp(join(archive, from, name), join(folder, from, name));
  return folder;
}

/** Of `smallArchive` (afterglow.ts): one of each kind. */
const SOUNDS = [
  ['source_audio', 'song.wav'],
  ['pad_sources', 'choir.wav'],
  ['drums', 'beat.wav'],
];
