/** The studio's server: this machine only, one token a start, nothing but what the routes name. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../errors.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import type { Answer } from '../service/answer.ts';
import type { StudioExport } from '../service/export-index.ts';
import { badRequest, isUnexpected, notFound, RequestError } from '../service/request-error.ts';
import { routeOf } from '../service/routes.ts';
import { openServices, type Services } from '../service/services.ts';
import { type EventStreams, openEventStreams } from './events.ts';
import { type Exchange, guardedHeaders, readJson, send, sendError, sendJsonText } from './exchange.ts';
import { sendBytes, sendFileWithin } from './file.ts';
import { nodeMachine } from './node-machine.ts';
import { type PageFile, pageFiles } from './page-files.ts';
import { openRequestGuard, type RequestGuard } from './request-guard.ts';

const LOOPBACK = '127.0.0.1';
const EVENTS = '/api/events';
/** How long a request may take to arrive, ms. */
const ARRIVAL_MS = 30_000;

export interface StudioOptions {
  readonly sites: readonly StudioExport[];
  readonly project: OwnProject;
  /** 0: any that is free. */
  readonly port: number;
  /** 0 works in the caller's own thread. Default: threads of their own, as many as a run takes. */
  readonly jobs?: 0;
  /** Receives what should not have happened. */
  readonly onUnexpected: (error: unknown) => void;
}

export interface Studio {
  /** The address that opens it, token included. */
  readonly address: string;
  readonly port: number;
  /** Why single exports cannot be shown, in sentences. */
  readonly problems: readonly string[];
  /** Something is being made; closing waits until what is under way is finished. */
  isAtWork(): boolean;
  /** Ends it: what is under way is brought to an end, what is being saved is saved, streams are closed. */
  close(): Promise<void>;
}

/**
 * Opens the studio.
 * @throws ConfigError where the port is in use or may not be used
 */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  const page = pageFiles();
  const events = openEventStreams();
  const { sites, project, onUnexpected } = options;
  const request = { sites, project, onUnexpected, report: events.send };
  const services = await openServices(nodeMachine(options.jobs), request);
  const server = createServer({ requestTimeout: ARRIVAL_MS, headersTimeout: ARRIVAL_MS });
  const port = await listen(server, options.port).catch(async (error) => {
    await services.close();
    throw error;
  });
  const guard = openRequestGuard(port);
  server.on('request', (request, response) => {
    const exchange = { request, response, query: new URLSearchParams() };
    answer(exchange, { guard, page, services, events }).catch((error) => {
      if (response.destroyed) return;
      if (isUnexpected(error)) options.onUnexpected(error);
      sendError(exchange, error);
    });
  });
  return {
    address: `http://${LOOPBACK}:${port}/?token=${guard.token}`,
    port,
    problems: services.library.exportIndexes().flatMap(({ facts }) => facts.problem ?? []),
    isAtWork: () => services.jobs.current() !== null,
    async close() {
      await services.close();
      events.close();
      await closed(server);
    },
  };
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}

/** What requests are answered with. */
interface Answering {
  readonly guard: RequestGuard;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly services: Services;
  readonly events: EventStreams;
}

async function answer(exchange: Exchange, answering: Answering): Promise<void> {
  const { guard, page } = answering;
  const { request, response } = exchange;
  guard.assertOurs(request);
  // Proxies are asked for whole addresses; this is none.
  const target = /^(\/[^?#]*)(?:\?([^#]*))?$/.exec(request.url ?? '');
  if (!target) throw badRequest('This is no address of the studio.');
  const [, path, query = ''] = target;
  const asked = { ...exchange, query: new URLSearchParams(query) };
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const token = asked.query.get('token');
  if (path === '/' && method === 'GET' && token !== null && guard.isToken(token)) {
    // The token leaves the address bar, and the history, at once.
    const headers = { 'set-cookie': guard.cookie, location: '/', 'content-length': '0' };
    response.writeHead(303, { ...guardedHeaders(), ...headers }).end();
    return;
  }
  guard.assertSession(request);
  const file = page.get(path);
  if (file && method === 'GET') {
    send(asked, 200, file.type, file.bytes);
    return;
  }
  if (path === EVENTS && method === 'GET') {
    answering.events.open(asked);
    return;
  }
  const route = routeOf(method, path);
  if (route.answer) {
    await sendAnswer(
      asked,
      await route.answer(answering.services, { query: asked.query, body: () => readJson(asked) }),
    );
    return;
  }
  const reads = file !== undefined || path === EVENTS || route.methods.includes('GET');
  if (!reads && route.methods.length === 0) throw notFound();
  const allow = reads ? 'GET, HEAD' : 'POST';
  throw new RequestError(405, 'bad-request', 'This address takes another method.', { allow });
}

async function sendAnswer(exchange: Exchange, given: Answer): Promise<void> {
  switch (given.kind) {
    case 'json':
      sendJsonText(exchange, given.text);
      return;
    case 'bytes':
      return sendBytes(exchange, given.bytes, given);
    case 'file':
      return sendFileWithin(exchange, given.file, given.folder, given.type);
  }
}

/** @returns the port that it listens on */
async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE'
          ? `Port ${port} is in use`
          : cause.code === 'EACCES'
            ? `Port ${port} may not be used by you`
            : `The studio cannot listen on port ${port} (${cause.code ?? cause.message})`;
      reject(new ConfigError(`${reason}; leave --port out, and a free one is taken.`, { cause }));
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}
