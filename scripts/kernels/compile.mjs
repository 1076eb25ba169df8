import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const FOLDER = fileURLToPath(new URL('../../assembly/', import.meta.url));

/** 3 MiB: most kernels work on a block at a time; smearing at 192 kHz wants 2.3 for a window and what belongs to it. */
const MEMORY_PAGES = '48';

/** The WebAssembly module of assembly/, as bytes; the same bytes every time. */
export async function compileKernels() {
  let bytes;
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
  const memory = ['--initialMemory', MEMORY_PAGES, '--maximumMemory', MEMORY_PAGES];
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...options, ...memory], {
    readFile: (name) => readFile(FOLDER + name, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`assembly/ does not compile:\n${stderr}`, { cause: error });
  return bytes;
}

/** The TypeScript file that carries the module. */
export function kernelModuleText(bytes) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  const text = lines.map((line) => `  '${line}'`).join(' +\n');
  return `/** assembly/ compiled, in base64. Written by \`npm run kernels\`; do not edit. */\nexport const KERNEL_MODULE =\n${text};\n`;
}
