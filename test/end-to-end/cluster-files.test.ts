/** The job files of examples/cluster, as far as they go without a cluster; bench/slurm.mjs runs Slurm's for real. */
import { readFileSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { afterglow, digests, put, smallArchive } from './afterglow.ts';
import { inShell } from './shell.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/cluster', import.meta.url));
const text = (name: string) => readFileSync(join(EXAMPLES, name), 'utf8');

let folder: string;
let whole: Record<string, string>;
beforeAll(async () => {
  folder = await smallArchive();
  await put(folder, 'drums/torn.wav', 'RIFF');
  await afterglow(['all', '--seed', '7', '--export', 'whole'], { folder });
  whole = await digests(join(folder, 'whole'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the Slurm files', () => {
  const array = (id: number, first: number, last: number, count: number) =>
    inShell(text('slurm-array.sbatch'), folder, {
      env: {
        SLURM_ARRAY_TASK_ID: String(id),
        SLURM_ARRAY_TASK_MIN: String(first),
        SLURM_ARRAY_TASK_MAX: String(last),
        SLURM_ARRAY_TASK_COUNT: String(count),
        SLURM_CPUS_PER_TASK: '1',
      },
    });

  it.each([
    ['1-8:2', 3, 1, 7, 4],
    ['1,3,5', 1, 1, 5, 3],
    ['7', 7, 7, 7, 1],
    ['2-4', 2, 2, 4, 3],
  ])('refuse --array=%s', async (_, id, first, last, count) => {
    const { status, stderr, stdout } = array(id, first, last, count);
    expect(stderr).toMatch(
      new RegExp(`^The array is ${count} of the numbers from ${first} to ${last}; .*\\n$`),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(await readdir(folder)).not.toContain('export');
  });

  it.each([
    [0, 2],
    [1, 1],
  ])(
    'make the shares of an array that counts from %i and has %i tasks, and merge them',
    async (first, count) => {
      const ids = Array.from({ length: count }, (_, i) => first + i);
      const statuses = ids.map((id) => array(id, first, first + count - 1, count).status);
      // The one with the torn file says so by 1.
      expect(statuses.sort()).toEqual(count === 1 ? [1] : [0, 1]);
      expect(inShell(text('slurm-merge.sbatch'), folder)).toMatchObject({ status: 0, stderr: '' });
      expect(await digests(join(folder, 'export/tr8s'))).toEqual(whole);
      await rm(join(folder, 'export'), { recursive: true });
    },
  );

  it.each(['slurm-array.sbatch', 'slurm-merge.sbatch'])(
    '%s logs into a folder that is there, and adds to the log of an attempt before',
    (name) => {
      const options = [...text(name).matchAll(/^#SBATCH --(\S+?)=(\S+)/gm)].map(([, key, value]) => [
        key,
        value,
      ]);
      expect(Object.fromEntries(options)).toMatchObject({
        output: expect.not.stringContaining('/'),
        'open-mode': 'append',
      });
    },
  );
});

describe('the Kubernetes files', () => {
  const container = (name: string) => parse(text(name)).spec.template.spec.containers[0];

  it('make all shards by the index that a pod is given, and merge them', async () => {
    const project = `${folder}-pods`;
    await cp(folder, project, { recursive: true });
    const { command, args, env } = container('kubernetes-indexed-job.yaml');
    const { completions, completionMode } = parse(text('kubernetes-indexed-job.yaml')).spec;
    expect({ completionMode, env }).toEqual({
      completionMode: 'Indexed',
      env: [{ name: 'SHARDS', value: String(completions) }],
    });
    for (const index of ['0', '1']) {
      // Two pods, not so many as the file says: the command is the same.
      const pod = inShell(args[0], project, {
        shell: command,
        env: { SHARDS: '2', JOB_COMPLETION_INDEX: index },
      });
      // Also the one with the torn file: trying again does not mend it.
      expect(pod.status).toBe(0);
    }
    const [program, flag, line] = container('kubernetes-merge-job.yaml').command;
    expect(inShell(line, project, { shell: [program, flag] })).toMatchObject({ status: 0, stderr: '' });
    expect(await digests(join(project, 'export/tr8s'))).toEqual(whole);
    await rm(project, { recursive: true });
  });
});
