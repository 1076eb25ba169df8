/** One disk for several workers: one holds it and serves the others, each through a port of its own. */

import type { FileBytes, Files } from '../platform.ts';
import { heldBytes, openBlob, StoredBlob, weighed } from './blob-bytes.ts';
import type { Decoded } from './foreign.ts';

/** What is asked of the disk by message; the rest needs no disk, or is made of these. */
const SHARED = [
  'stat',
  'kindOf',
  'exists',
  'list',
  'realPath',
  'assertAccess',
  'freeBytes',
  'read',
  'readPieces',
  'write',
  'writeTemporary',
  'appendLines',
  'copy',
  'copyAsIs',
  'makeFolder',
  'rename',
  'remove',
  'removeFolder',
  'removeTree',
] as const satisfies readonly (keyof Files)[];
type Shared = (typeof SHARED)[number];

export interface FileCall {
  readonly call: number;
  readonly method: Shared | keyof Held;
  readonly given: readonly unknown[];
}

/** What else only the worker with the disk can give. */
export interface Held {
  /** A file as the browser can read it by ranges. */
  blob(path: string): Promise<Blob>;
  /** What the browser makes of a sound; null where it cannot read it. */
  decode(path: string): Promise<Decoded | null>;
}

export type FileAnswer =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failure: { readonly code: string; readonly message: string } };

/** What holds the disk: how it answers a call. */
export async function answerFileCall(
  files: Files,
  held: Held,
  { call, method, given }: FileCall,
): Promise<FileAnswer> {
  try {
    const ask = method === 'blob' || method === 'decode' ? held[method] : files[method];
    const own = given.map((each) => (each instanceof Blob ? new StoredBlob(weighed(each)) : each));
    return { call, result: await (ask as (...given: readonly unknown[]) => Promise<unknown>)(...own) };
  } catch (error) {
    // The browser's own errors have a number there.
    const { code, message } = error as { code?: unknown; message: string };
    return { call, failure: { code: typeof code === 'string' ? code : 'EIO', message } };
  }
}

/** @param send posts a call to what holds the disk @returns the files, and what takes the answers */
export function remoteFiles(
  local: Pick<Files, 'slashed' | 'absolute' | 'scratch'>,
  send: (call: FileCall, transfer: Transferable[]) => void,
): { readonly files: Files; readonly held: Held; take(answer: FileAnswer): void } {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const ask = (method: FileCall['method'], given: readonly unknown[], transfer: Transferable[] = []) =>
    new Promise<never>((resolve, reject) => {
      const call = ++last;
      waiting.set(call, { resolve: resolve as (result: unknown) => void, reject });
      send({ call, method, given }, transfer);
    });
  const shared = Object.fromEntries(
    SHARED.map((method) => [method, (...given: unknown[]) => ask(method, given)]),
  ) as unknown as Pick<Files, Shared>;
  const writing = (method: 'write' | 'writeTemporary') => async (path: string, bytes: FileBytes) => {
    const held = await heldBytes(bytes);
    if (held instanceof Uint8Array) await ask(method, [path, held], [held.buffer]);
    // As a Blob, which is passed on without its bytes.
    else await ask(method, [path, held.blob]);
  };
  const held: Held = {
    blob: (path) => ask('blob', [path]),
    decode: (path) => ask('decode', [path]),
  };
  return {
    held,
    files: {
      ...local,
      ...shared,
      write: writing('write'),
      writeTemporary: writing('writeTemporary'),
      open: async (path) => openBlob(await held.blob(path)),
      removeAtExit: () => () => {},
    },
    take(answer) {
      const one = waiting.get(answer.call);
      waiting.delete(answer.call);
      if ('failure' in answer) {
        one?.reject(Object.assign(new Error(answer.failure.message), { code: answer.failure.code }));
      } else one?.resolve(answer.result);
    },
  };
}
