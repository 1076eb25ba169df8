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

/** Beside them: it is no program of the page, and does not compile. */
const WRONG = 'wrong.ts';

/** A package that depends on the engine. */
let consumer: string;
let music: string;
/** What the compiler says of all of them, with the types of the package itself; one run of it takes seconds of the CPU. */
let said: string[];
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
  const wrong = "import { curate } from 'afterglow-engine';\nawait curate({ top: 3 });\n";
  await writeFile(join(consumer, WRONG), wrong);
  const compiled = await compile();
  said = compiled.split('\n').filter((line) => line !== '');
});
afterAll(() => Promise.all([consumer, music].map((folder) => rm(folder, { recursive: true }))));

const COMPILER_OPTIONS = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUnusedLocals: true },
  ...{ target: 'es2023', module: 'nodenext', types: ['node'], outDir: 'out' },
};

async function compile(): Promise<string> {
  const config = { compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] };
  await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler], { cwd: consumer, encoding: 'utf8' }).stdout;
}

const isOfWrong = (line: string) => line.startsWith(`${WRONG}(`);

it('has programs that compile', () => {
  expect(programs.size).toBeGreaterThan(8);
  // Of an error the first line names the file, and those that explain it are further in.
  expect(said.filter((line) => !isOfWrong(line) && !line.startsWith(' '))).toEqual([]);
});

it('would not compile with a key that is none', () => {
  expect(said.filter(isOfWrong).join('\n')).toMatch(/^wrong\.ts.*error TS/m);
});

it('has programs that run, one after the other', async () => {
  const told = new Map<string, string>();
  for (const heading of programs.keys()) {
    const program = join('out', `${fileOf(heading)}.js`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
      ...{ cwd: consumer, encoding: 'utf8' },
    });
    expect([heading, status, status === 0 ? '' : stderr]).toEqual([heading, 0, '']);
    told.set(heading, stdout + stderr);
  }
  expect(told.get('Plan and run')).toMatch(/manifest\.csv lists \d+$/m);
  expect(told.get('Events')).toMatch(/song_pad01.*: \d\.\d s$/m);
  expect(told.get('Protected textures')).toMatch(/stays \(kept\); the new one is .*_new\.wav$/m);
  expect(told.get('A whole batch')).toMatch(/^\d+ bytes in \d+ s; 0 steps failed$/m);
  expect(told.get('Without Node')).toMatch(/^in memory: choir\/clouds\/.*\.wav, \d+ bytes$/m);
  expect(told.get('Errors')).toMatch(/^config\.yaml:1:28: .*\n(.*\n)*file-system .*holds no manifest/m);
  expect(await readdir(join(music, 'export/tr8s/_kits'))).toEqual(['NIGHT', 'NIGHT_SOFT']);
  expect(await readdir(join(music, 'export/DIG1/_kits'))).toEqual(['DIG1', 'DIG1_TR8S']);
});
