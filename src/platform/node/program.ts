/**
 * The program as one text, and beside it what V8 compiled of that text: a command then starts in half the time that
 * loading some hundred modules and compiling them takes. `scripts/build-program.mjs` makes both.
 *
 * Nothing is written when the program runs. What was compiled is used by the very Node that built it, on the same kind of
 * machine; any other compiles as it goes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** As deep below the package as the modules that it holds, which look for what is shipped from where they lie. */
const FOLDER = new URL('../../program/node/', import.meta.url);
const TEXT = fileURLToPath(new URL('program.cjs', FOLDER));

/** Where a program or a thread begins; each is a module in the text that nothing else imports. */
export type EntryName = 'main' | 'worker' | 'analysis-thread' | 'render-thread';

/** What the text, a function, is given. */
type Program = (
  /** Takes in, by name, what loads each entry. */
  entries: Record<string, () => Promise<object>>,
  /** Loads what Node has. */
  builtin: (name: string) => unknown,
  /** Loads a package that is no part of the text. */
  outside: (name: string) => Promise<unknown>,
  /** Stands for `import.meta.url`. */
  url: string,
) => Promise<void>;

/** The program's text, compiled as far as V8 needs it, and what loads an entry: its exports. */
export interface LoadedProgram {
  readonly script: Script;
  /** Where that lies, or would, which this Node compiled of it for the entry. */
  readonly compiledPath: string;
  load(): Promise<object>;
}

/** Digits of the text's digest that its first line shows, behind the two strokes of a comment. */
const DIGITS = 16;

/** Of this text alone: V8 compares no more of a text than its length. */
function pathOfCompiled(entry: EntryName, text: string): string {
  const { version, platform, arch } = process;
  const digest = text.slice(2, 2 + DIGITS);
  return fileURLToPath(new URL(`${entry}-${digest}-${version}-${platform}-${arch}.cache`, FOLDER));
}

function programText(): string {
  try {
    return readFileSync(TEXT, 'latin1');
  } catch (error) {
    throw new Error(`The program is not built (“${TEXT}” cannot be read); run npm run build.`, {
      cause: error,
    });
  }
}

/** Loads the program for one of its entries. @throws where the build lacks it */
export async function loadProgram(entry: EntryName): Promise<LoadedProgram> {
  const text = programText();
  const compiledPath = pathOfCompiled(entry, text);
  const cachedData = bytesIfThere(compiledPath);
  const script = new Script(text, {
    filename: TEXT,
    ...(cachedData && { cachedData }),
  });
  const entries: Parameters<Program>[0] = {};
  const program = script.runInThisContext() as Program;
  await program(entries, createRequire(import.meta.url), (name) => import(name), `${FOLDER.href}program.cjs`);
  return { script, compiledPath, load: entries[entry] };
}

function bytesIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
