/** Files and sounds, whole or by ranges (RFC 9110, section 14). */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { digestText } from '../service/digest-text.ts';
import { notFound, RequestError } from '../service/request-error.ts';
import { type Exchange, guardedHeaders } from './exchange.ts';

/** What can be sent in parts. */
interface Body {
  readonly size: number;
  readonly type: string;
  /** Changes when the bytes do. */
  readonly stamp: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Writes the bytes from `start` up to `end`, which is the last. */
  send(start: number, end: number): Promise<void>;
}

/**
 * Sends a file that lies in a folder, all links resolved.
 * @throws RequestError where it is gone, none, or leads out of the folder
 */
export async function sendFileWithin(
  exchange: Exchange,
  file: string,
  folder: string,
  type: string,
): Promise<void> {
  const handle = await openWithin(file, folder);
  try {
    const facts = await handle.stat({ bigint: true });
    await sendRange(exchange, {
      size: Number(facts.size),
      type,
      stamp: stampText(facts),
      async send(start, end) {
        const stream = handle.createReadStream({ start, end, autoClose: false });
        await pipeline(stream, exchange.response);
      },
    });
  } finally {
    await handle.close();
  }
}

/** Sends bytes, or the part of them that was asked for. */
export async function sendBytes(
  exchange: Exchange,
  bytes: Uint8Array,
  facts: Pick<Body, 'type' | 'stamp' | 'headers'>,
): Promise<void> {
  await sendRange(exchange, {
    ...facts,
    size: bytes.length,
    send: async (start, end) => {
      exchange.response.end(bytes.subarray(start, end + 1));
    },
  });
}

async function sendRange({ request, response }: Exchange, body: Body): Promise<void> {
  const { size, type, headers } = body;
  const tag = `"${body.stamp}"`;
  const common = {
    ...guardedHeaders(),
    ...headers,
    etag: tag,
    'accept-ranges': 'bytes',
    // Kept by the browser, and asked about before each use.
    'cache-control': 'private, no-cache',
  };
  if (namesTag(request.headers['if-none-match'], tag)) {
    response.writeHead(304, common).end();
    return;
  }
  const isCurrent = (request.headers['if-range'] ?? tag) === tag;
  const range = isCurrent ? rangeOf(request.headers.range, size) : null;
  if (range === 'unsatisfiable') {
    throw new RequestError(416, 'bad-request', 'The sound is not that long.', {
      'content-range': `bytes */${size}`,
    });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...common,
    'content-type': type,
    'content-length': end - start + 1,
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (request.method === 'HEAD' || size === 0) response.end();
  else await body.send(start, end);
}

function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
}

/** Null where all is asked for, or several ranges at once, or what is no range, for which the whole is an answer too. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return null;
  if (asked[1] === '') {
    const length = Math.min(Number(asked[2]), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(asked[1]);
  const last = asked[2] === '' ? size - 1 : Number(asked[2]);
  if (last < start && asked[2] !== '') return null;
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(last, size - 1) };
}

/** Opened first and judged then, so that what is judged is what is sent. */
async function openWithin(file: string, folder: string): Promise<FileHandle> {
  const gone = notFound('This sound is gone, or lies outside its export folder.');
  // Without waiting: opening a pipe would, for somebody to write into it.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => {
    throw gone;
  });
  try {
    const [facts, real, root] = await Promise.all([handle.stat(), realpath(file), realpath(folder)]);
    const found = await stat(real);
    if (!facts.isFile() || !isWithin(real, root)) throw gone;
    if (found.ino !== facts.ino || found.dev !== facts.dev) throw gone;
    return handle;
  } catch {
    await handle.close();
    throw gone;
  }
}

/** A short text that changes when a file does, fit for an `ETag`. */
function stampText({ size, mtimeNs, ctimeNs }: Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs'>): string {
  return digestText(`${size} ${mtimeNs} ${ctimeNs}`);
}

/** Both absolute, without links. */
function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
