/** What the server answers, by the path of the address. Paths are compared as they come, never decoded. */
import type { DecisionChange } from '../../palette/decide.ts';
import type { DecisionsAnswer, DecisionsRequest } from '../protocol.ts';
import type { EventStreams } from './events.ts';
import { type Exchange, readJson, sendJson, sendJsonText } from './exchange.ts';
import { sendFileWithin } from './file.ts';
import type { Jobs } from './jobs.ts';
import type { Kits } from './kits.ts';
import type { Found, Library } from './library.ts';
import type { Renders } from './renders.ts';
import {
  decisionsRequest,
  kitPlanRequest,
  kitRequest,
  noRequest,
  numberIn,
  parsed,
  renderRequest,
  runRequest,
} from './requests.ts';
import type { Runs } from './runs.ts';
import type { Sources } from './sources.ts';
import type { TextureMap } from './texture-map.ts';

/** What the answers are made from. */
export interface Services {
  readonly library: Library;
  readonly events: EventStreams;
  readonly textureMap: TextureMap;
  readonly sources: Sources;
  readonly jobs: Jobs;
  readonly kits: Kits;
  readonly runs: Runs;
  readonly renders: Renders;
}

type Answer = (services: Services, exchange: Exchange, id: string) => Promise<void> | void;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: Answer;
}

const ID = '([a-z]\\d{1,3}-[0-9a-f]{16})';

function route(method: Route['method'], path: string, answer: Answer): Route {
  return { method, path: new RegExp(`^/api/${path.replace('ID', ID)}$`), answer };
}

export const ROUTES: readonly Route[] = [
  route('GET', 'palette', async ({ library, jobs, renders }, exchange) => {
    await library.refresh();
    const going = JSON.stringify({ job: jobs.current(), renderings: renders.all() });
    sendJsonText(exchange, `${library.paletteText().slice(0, -1)},${going.slice(1)}`);
  }),
  route('GET', 'map', ({ textureMap }, exchange) => sendJson(exchange, textureMap.map())),
  route('GET', 'neighbours/ID', ({ textureMap }, exchange, id) => {
    const count = numberIn(exchange.query, 'count', { least: 1, most: 100, usual: 8 });
    sendJson(exchange, textureMap.neighbours(id, count));
  }),
  route('GET', 'sound/ID', async ({ library }, exchange, id) => {
    const { texture, exportIndex } = library.find(id);
    await sendFileWithin(exchange, texture.file, exportIndex.exportFolder, 'audio/wav');
  }),
  route('GET', 'context/ID', ({ sources }, exchange, id) => sources.sendContext(exchange, id)),
  route('GET', 'sources/ID', async ({ sources }, exchange, id) =>
    sendJson(exchange, await sources.source(id)),
  ),
  route('GET', 'events', ({ events }, exchange) => events.open(exchange)),
  route('POST', 'decisions', async ({ library }, exchange) => {
    const request = parsed(decisionsRequest, await readJson(exchange));
    sendJson(exchange, await saved(library, request));
  }),
  route('GET', 'profiles', async ({ kits }, exchange) => sendJson(exchange, await kits.profiles())),
  route('POST', 'kit/plan', async ({ kits }, exchange) => {
    sendJson(exchange, await kits.plan(parsed(kitPlanRequest, await readJson(exchange))));
  }),
  route('POST', 'kit', async ({ kits }, exchange) => {
    sendJson(exchange, await kits.make(parsed(kitRequest, await readJson(exchange))));
  }),
  route('GET', 'phases', async ({ runs }, exchange) => {
    sendJson(exchange, await runs.phases(exchange.query.get('export') ?? ''));
  }),
  route('POST', 'run', async ({ runs, jobs }, exchange) => {
    await runs.start(parsed(runRequest, await readJson(exchange)));
    sendJson(exchange, { job: jobs.current() });
  }),
  route('POST', 'render', async ({ renders, jobs }, exchange) => {
    await renders.start(parsed(renderRequest, await readJson(exchange)));
    sendJson(exchange, { job: jobs.current() });
  }),
  route('GET', 'rendered/ID', ({ renders }, exchange, id) => renders.send(exchange, id)),
  route('POST', 'stop', async ({ jobs }, exchange) => {
    parsed(noRequest, await readJson(exchange));
    sendJson(exchange, { job: jobs.stop() });
  }),
];

/** Saves decisions, export by export. */
async function saved(library: Library, { changes }: DecisionsRequest): Promise<DecisionsAnswer> {
  const found = changes.map(({ id, ...change }) => ({ found: library.find(id), change }));
  const all: DecisionsAnswer['saved'][number][] = [];
  const warnings: string[] = [];
  for (const exportIndex of new Set(found.map(({ found }) => found.exportIndex))) {
    const own = found.filter((one) => one.found.exportIndex === exportIndex);
    const byPath = new Map<string, DecisionChange>();
    for (const { found, change } of own) {
      byPath.set(found.texture.path, { ...byPath.get(found.texture.path), ...change });
    }
    const { decisions, before, warning } = await library.decide(exportIndex, byPath);
    if (warning) warnings.push(warning);
    const textures = new Map(own.map(({ found }): [string, Found] => [found.texture.path, found]));
    for (const [path, { shown }] of textures) {
      all.push({ id: shown.id, decision: decisions.get(path) ?? {}, before: before.get(path) ?? {} });
    }
  }
  return { revision: library.revision(), saved: all, warning: warnings.join(' ') || null };
}
