/**
 * Who may come in. Loopback is no fence by itself: every page in the browser can send requests there, a name can be made
 * to point there (DNS rebinding), and other users of the machine reach it too. So each request must name this server as its
 * host, bear the session that the printed token opens, and, where it changes anything, come from the studio's own page.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RequestError } from '../service/request-error.ts';

/** Bytes: 128 bit cannot be guessed. */
const SECRET_BYTES = 16;

export interface RequestGuard {
  /** What the printed address carries. */
  readonly token: string;
  /**
   * Lets a request pass that names this server and comes from nowhere else.
   * @throws RequestError
   */
  assertOurs(request: IncomingMessage): void;
  /** @throws RequestError where a request bears no session of this server */
  assertSession(request: IncomingMessage): void;
  isToken(text: string): boolean;
  /** The `Set-Cookie` that opens a session. */
  readonly cookie: string;
}

/** @param port where the server listens: cookies are a host's, not a port's, so the session's name bears it */
export function openRequestGuard(port: number): RequestGuard {
  const token = secret();
  const session = secret();
  const cookieName = `afterglow-studio-${port}`;
  const hosts = ['127.0.0.1', 'localhost'].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
  return {
    token,
    cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    isToken: (text) => isSame(text, token),
    assertOurs(request) {
      if (!isLoopback(request.socket.remoteAddress)) throw forbidden('Only this machine is answered.');
      const host = onlyHeader(request, 'host');
      if (host === null || !hosts.includes(host)) {
        throw forbidden('This name is not the studio’s; open the address that the terminal shows.');
      }
      const changes = request.method !== 'GET' && request.method !== 'HEAD';
      const origin = onlyHeader(request, 'origin');
      if (origin !== `http://${host}` && (changes || request.headers.origin !== undefined)) {
        throw forbidden('Only the studio’s own page may ask this.');
      }
      if (isFromElsewhere(request, changes)) throw forbidden('Only the studio’s own page may ask this.');
    },
    assertSession(request) {
      const given = cookiesNamed(cookieName, request.headers.cookie ?? '');
      if (!given.some((value) => isSame(value, session))) {
        throw new RequestError(
          401,
          'unauthorised',
          'This studio opens with the whole address that the terminal shows, its token included.',
        );
      }
    },
  };
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** In a time that does not depend on how much is right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1$|(::ffff:)?127\.)/.test(address);
}

/**
 * What browsers say of where a request was made. Opening the studio by a link (`navigate`) may come from anywhere: the
 * session's cookie does not come with it.
 */
function isFromElsewhere(request: IncomingMessage, changes: boolean): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return false;
  return changes || request.headers['sec-fetch-mode'] !== 'navigate';
}

/** A header that stands there once; null where it does not. */
function onlyHeader({ rawHeaders }: IncomingMessage, name: string): string | null {
  const values = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1].toLowerCase() === name);
  return values.length === 1 ? values[0] : null;
}

function cookiesNamed(name: string, header: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function forbidden(message: string): RequestError {
  return new RequestError(403, 'forbidden', message);
}
