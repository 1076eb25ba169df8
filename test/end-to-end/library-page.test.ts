/** docs/LIBRARY.md: its programs compile, strictly, against the types that the package ships, and run. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyFolder, smallArchive } from './afterglow.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = await readFile(join(ROOT, 'docs/LIBRARY.md'), 'utf8');
/** By the heading that each stands under. */
const programs = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .flatMap((section): [string, string][] => {
      const code = /^```ts\n(.*?)^```$/ms.exec(section)?.[1];
      return code === undefined ? [] : [[section.slice(0, section.indexOf('\n')), code]];
    }),
);
const fileOf = (heading: string) => `${heading.toLowerCase().replace(/\W+/g, '-')}`;

/** A package that depends on the engine. */
let consumer: string;
let music: string;
beforeAll(async () => {
  [consumer, music] = [await emptyFolder(), await smallArchive()];
  await mkdir(join(consumer, 'node_modules/@types'), { recursive: true });
  await symlink(ROOT, join(consumer, 'node_modules/afterglow-engine'));
  await symlink(join(ROOT, 'node_modules/@types/node'), join(consumer, 'node_modules/@types/node'));
  await writeFile(join(consumer, 'package.json'), '{ "type": "module" }');
  for (const [heading, code] of programs) {
    await writeFile(
      join(consumer, `${fileOf(heading)}.ts`),
      code.replaceAll("'/music", `'${music}`).replaceAll('`/music', `\`${music}`),
    );
  }
});
afterAll(() => Promise.all([consumer, music].map((folder) => rm(folder, { recursive: true }))));

const COMPILER_OPTIONS = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUnusedLocals: true },
  ...{ target: 'es2023', module: 'nodenext', types: ['node'], outDir: 'out' },
};

/** What the compiler says of the consumer's programs, with the types of the package itself. */
async function compile(): Promise<string> {
  const config = { compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] };
  await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler], { cwd: consumer, encoding: 'utf8' }).stdout;
}

it('has programs that compile', async () => {
  expect(programs.size).toBeGreaterThan(8);
  expect(await compile()).toBe('');
});

it('has programs that run, one after the other', async () => {
  const said = new Map<string, string>();
  for (const heading of programs.keys()) {
    const program = join('out', `${fileOf(heading)}.js`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
      ...{ cwd: consumer, encoding: 'utf8' },
    });
    expect([heading, status, status === 0 ? '' : stderr]).toEqual([heading, 0, '']);
    said.set(heading, stdout + stderr);
  }
  expect(said.get('Plan and run')).toMatch(/manifest\.csv lists \d+$/m);
  expect(said.get('Events')).toMatch(/song_pad01.*: \d\.\d s$/m);
  expect(said.get('Protected textures')).toMatch(/stays \(kept\); the new one is .*_new\.wav$/m);
  expect(said.get('A whole batch')).toMatch(/^\d+ bytes in \d+ s; 0 steps failed$/m);
  expect(said.get('Without Node')).toMatch(/^in memory: choir\/clouds\/.*\.wav, \d+ bytes$/m);
  expect(said.get('Errors')).toMatch(/^config\.yaml:1:28: .*\n(.*\n)*file-system .*holds no manifest/m);
  expect(await readdir(join(music, 'export/tr8s/_kits'))).toEqual(['NIGHT', 'NIGHT_SOFT']);
  expect(await readdir(join(music, 'export/DIG1/_kits'))).toEqual(['DIG1', 'DIG1_TR8S']);
});

it('would not compile with a key that is none', async () => {
  const wrong = join(consumer, 'wrong.ts');
  await writeFile(wrong, "import { curate } from 'afterglow-engine';\nawait curate({ top: 3 });\n");
  expect(await compile()).toMatch(/^wrong\.ts.*error TS/m);
  await rm(wrong);
});
