/** The studio's server: this machine only, one token a start, nothing but what the routes name. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../../errors.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { openAnalyser } from './analyser.ts';
import { openEventStreams } from './events.ts';
import { type Exchange, guardedHeaders, send, sendError } from './exchange.ts';
import type { StudioExport } from './export-index.ts';
import { openJobs } from './jobs.ts';
import { openKits } from './kits.ts';
import { openLibrary } from './library.ts';
import { type PageFile, pageFiles } from './page-files.ts';
import { openRenders } from './renders.ts';
import { badRequest, isUnexpected, notFound, RequestError } from './request-error.ts';
import { openRequestGuard, type RequestGuard } from './request-guard.ts';
import { ROUTES, type Services } from './routes.ts';
import { openRuns } from './runs.ts';
import { openSources } from './sources.ts';
import { openTextureMap } from './texture-map.ts';

const LOOPBACK = '127.0.0.1';
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
  const { services, close } = await openServices(options);
  const server = createServer({ requestTimeout: ARRIVAL_MS, headersTimeout: ARRIVAL_MS });
  const port = await listen(server, options.port).catch(async (error) => {
    await close();
    throw error;
  });
  const guard = openRequestGuard(port);
  server.on('request', (request, response) => {
    const exchange = { request, response, query: new URLSearchParams() };
    answer(exchange, guard, page, services).catch((error) => {
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
      await close();
      await closed(server);
    },
  };
}

/** What the answers are made from, and what brings all of it to an end. */
async function openServices({ sites, project, jobs: runJobs, onUnexpected }: StudioOptions) {
  const events = openEventStreams();
  const library = await openLibrary(sites, events.send);
  const threads = runJobs === 0 ? 0 : 1;
  const analyser = openAnalyser(threads);
  const textureMap = openTextureMap(library, analyser, events.send, onUnexpected);
  textureMap.prepare();
  library.paletteText();
  const jobs = openJobs(events.send, onUnexpected);
  const services: Services = {
    library,
    events,
    textureMap,
    jobs,
    sources: openSources(library, analyser, project),
    kits: openKits(library, jobs, project.folder),
    runs: openRuns(library, jobs, project, runJobs),
    renders: openRenders(library, jobs, project, threads),
  };
  const close = async () => {
    textureMap.close();
    await jobs.close();
    events.close();
    await analyser.close();
    await library.close();
  };
  return { services, close };
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}

async function answer(
  exchange: Exchange,
  guard: RequestGuard,
  page: ReadonlyMap<string, PageFile>,
  services: Services,
): Promise<void> {
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
  const routes = ROUTES.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, id: match[1] ?? '' }] : [];
  });
  const chosen = routes.find(({ route }) => route.method === method);
  if (chosen) {
    await chosen.route.answer(services, asked, chosen.id);
    return;
  }
  if (routes.length === 0 && !file) throw notFound();
  const allow = file ? 'GET, HEAD' : routes[0].route.method === 'GET' ? 'GET, HEAD' : 'POST';
  throw new RequestError(405, 'bad-request', 'This address takes another method.', { allow });
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
