/** One request and its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, errorAnswer, RequestError } from '../service/request-error.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

/** Bytes: a thousand notes of a paragraph each. */
const LONGEST_BODY = 1024 * 1024;

/** What every answer says: nothing of the studio may be framed, embedded, guessed at, kept, or sent elsewhere. */
export function guardedHeaders(): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    // The engine's resampler, which is WebAssembly, brings sounds to the output's rate.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob: data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
  };
}

/** Answers with a whole body; to HEAD, without it. */
export function send(
  { request, response }: Exchange,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    ...guardedHeaders(),
    'content-type': type,
    'content-length': bytes.length,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function sendJsonText(exchange: Exchange, text: string): void {
  send(exchange, 200, 'application/json', text);
}

export function sendError(exchange: Exchange, error: unknown): void {
  const { request, response } = exchange;
  // Half an answer cannot be taken back; the page must not take it for a whole one.
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, answer, headers } = errorAnswer(error);
  // What is left of a body is not waited for.
  const closing: Record<string, string> = request.complete ? {} : { connection: 'close' };
  send(exchange, status, 'application/json', JSON.stringify(answer), { ...headers, ...closing });
}

/**
 * The body of a request, as JSON.
 * @throws RequestError where it is none, or longer than a megabyte
 */
export async function readJson({ request }: Exchange): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') {
    throw new RequestError(415, 'bad-request', 'The body must be application/json.');
  }
  const tooLarge = new RequestError(413, 'too-large', 'The body is longer than a megabyte.');
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) throw tooLarge;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length;
    if (length > LONGEST_BODY) throw tooLarge;
    parts.push(part);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    throw badRequest('The body is no JSON.');
  }
}
