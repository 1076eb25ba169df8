import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { interfaceReader, isAddress, typeScriptOf } from './interface.mjs';

const FOLDER = fileURLToPath(new URL('../../assembly/', import.meta.url));
const BIOME = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));

/**
 * 32 MiB, so that it never has to grow, which would take all arrays in it from their owners: 6 for what every part of the
 * engine keeps for itself, 2.4 for randomising phases at 192 kHz, 2.8 for a time stretch there, and room to spare. What is
 * never touched costs no memory.
 */
const MEMORY_PAGES = '512';

/** The WebAssembly module of assembly/, as bytes, the same bytes every time; and its structs and functions. */
export async function compileKernels() {
  let bytes;
  const { transform, found } = interfaceReader();
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
  const memory = ['--initialMemory', MEMORY_PAGES, '--maximumMemory', MEMORY_PAGES];
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...options, ...memory], {
    readFile: (name) => readFile(FOLDER + name, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
    transforms: [transform],
  });
  if (error) throw new Error(`assembly/ does not compile:\n${stderr}`, { cause: error });
  return { bytes, ...found };
}

/** The TypeScript file that carries the module and says where the fields of its structs lie. */
export function kernelModuleText({ bytes, structs }) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  const layouts = structs.toSorted(byName).map(
    ({ name, size, fields }) => `  ${name}: {
    size: ${size},
    fields: { ${fields.map((field) => `${field.name}: ['${field.type}', ${field.offset}]`).join(', ')} },
  },`,
  );
  return formatted(
    'src/dsp/kernel-module.ts',
    `/** assembly/ compiled, in base64. Written by \`npm run kernels\`; do not edit. */
export const KERNEL_MODULE =
${lines.map((line) => `  '${line}'`).join(' +\n')};

/** The structs of assembly/, as the compiler lays them out: bytes of each, and of each field its type and where it lies. */
export const KERNEL_STRUCTS = {
${layouts.join('\n')}
} as const;
`,
  );
}

/** The TypeScript file in which every function of the module takes arrays. */
export function kernelsText({ functions }) {
  const sorted = functions.toSorted(byName);
  const types = [...new Set(sorted.flatMap(({ parameters }) => parameters.map(({ type }) => type)))]
    .filter(isAddress)
    .map((type) => typeScriptOf(type).replace(/<.*/, ''));
  const used = [...new Set(types)].sort();
  return formatted(
    'src/dsp/kernels.ts',
    `/**
 * The loops that cost most, in WebAssembly with SIMD: written in assembly/, compiled into kernel-module.ts. They read and
 * write arrays of a {@link KernelWorkspace}. Written by \`npm run kernels\` from the signatures in assembly/; do not edit.
 *
 * Their tests, most with a plain twin as the oracle, lie in test/dsp/ and test/analysis/. There is no fallback: the FFT
 * needs SIMD too, and every Node from 16.4 on has it.
 */
import { ${used.map((name) => `type ${name}`).join(', ')}, kernelExports } from './kernel-memory.ts';

/** Addresses for arrays. */
const raw = kernelExports as unknown as { readonly [name: string]: (...numbers: readonly number[]) => number };

${sorted.map(wrapperText).join('\n\n')}
`,
  );
}

function wrapperText({ name, comment, parameters, returns }) {
  const head = comment === '' ? '' : `${comment}\n`;
  const signature = parameters
    .map((parameter) => `${parameter.name}: ${typeScriptOf(parameter.type)}`)
    .join(', ');
  const result = typeScriptOf(returns);
  if (!parameters.some(({ type }) => isAddress(type))) {
    return `${head}export const ${name} = raw.${name} as (${signature}) => ${result};`;
  }
  const values = parameters.map((parameter) => {
    if (isAddress(parameter.type)) return `${parameter.name}.byteOffset`;
    return parameter.type === 'bool' ? `Number(${parameter.name})` : parameter.name;
  });
  const call = `raw.${name}(${values.join(', ')});`;
  return `${head}export function ${name}(${signature}): ${result} {\n  ${result === 'void' ? '' : 'return '}${call}\n}`;
}

function byName(one, other) {
  return one.name < other.name ? -1 : 1;
}

function formatted(path, text) {
  return execFileSync(process.execPath, [BIOME, 'format', `--stdin-file-path=${path}`], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
}
