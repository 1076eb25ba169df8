/**
 * Compiles assembly/ (AssemblyScript) and writes src/dsp/kernel-module.ts, the module's bytes and the layout of its structs,
 * and src/dsp/kernels.ts, its functions. Both are kept in the repository, so that building the engine needs no AssemblyScript,
 * only TypeScript, and rolldown for the pages.
 *
 *   npm run kernels            writes them
 *   npm run kernels -- --check says whether they are what assembly/ gives, by its exit code
 */
import { readFile, writeFile } from 'node:fs/promises';
import { compileKernels, kernelModuleText, kernelsText } from './kernels/compile.mjs';

const kernels = await compileKernels();
const files = { 'kernel-module.ts': kernelModuleText(kernels), 'kernels.ts': kernelsText(kernels) };
for (const [name, text] of Object.entries(files)) {
  const file = new URL(`../src/dsp/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if ((await readFile(file, 'utf8')) !== text) {
    console.error(`src/dsp/${name} is not what assembly/ gives: run \`npm run kernels\`.`);
    process.exitCode = 1;
  }
}
