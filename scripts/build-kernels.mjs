/**
 * Compiles assembly/ (AssemblyScript) and writes the module's bytes to src/dsp/kernel-module.ts, which is kept in
 * the repository, so that building the engine needs TypeScript only.
 *
 *   npm run kernels            writes it
 *   npm run kernels -- --check says whether it is what assembly/ gives, by its exit code
 */
import { readFile, writeFile } from 'node:fs/promises';
import { compileKernels, kernelModuleText } from './kernels/compile.mjs';

const MODULE = new URL('../src/dsp/kernel-module.ts', import.meta.url);

const text = kernelModuleText(await compileKernels());
if (!process.argv.includes('--check')) await writeFile(MODULE, text);
else if ((await readFile(MODULE, 'utf8')) !== text) {
  console.error('src/dsp/kernel-module.ts is not what assembly/ gives: run `npm run kernels`.');
  process.exitCode = 1;
}
