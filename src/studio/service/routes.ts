/** What the studio answers, by the path of the address. */
import type { DecisionChange } from '../../engine/decide.ts';
import type { DecisionsAnswer, DecisionsRequest } from '../protocol.ts';
import { type Answer, type Asked, json } from './answer.ts';
import type { Found, Library } from './library.ts';
import { notFound } from './request-error.ts';
import {
  decisionsRequest,
  instrumentRequest,
  kitPlanRequest,
  kitRequest,
  mineRequest,
  noRequest,
  numberIn,
  parsed,
  renderRequest,
  runRequest,
  versionRequest,
} from './requests.ts';
import type { Services } from './services.ts';
import { versionOffer } from './version-offer.ts';

type Answering = (services: Services, asked: Asked, id: string) => Promise<Answer> | Answer;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: Answering;
}

const ID = '([a-z]\\d{1,3}-[0-9a-f]{16})';

function route(method: Route['method'], path: string, answer: Answering): Route {
  return { method, path: new RegExp(`^/api/${path.replace('ID', ID)}$`), answer };
}

const ROUTES: readonly Route[] = [
  route('GET', 'palette', async ({ library, jobs, renders }) => {
    await library.refresh();
    const going = JSON.stringify({ job: jobs.current(), renderings: renders.all() });
    return { kind: 'json', text: `${library.paletteText().slice(0, -1)},${going.slice(1)}` };
  }),
  route('GET', 'map', ({ textureMap }) => json(textureMap.map())),
  route('GET', 'neighbours/ID', ({ textureMap }, { query }, id) =>
    json(textureMap.neighbours(id, numberIn(query, 'count', { least: 1, most: 100, usual: 8 }))),
  ),
  route('GET', 'sound/ID', ({ library, renders }, _, id) => {
    const { texture, exportIndex } = renders.find(id) ?? library.find(id);
    return { kind: 'file', file: texture.file, folder: exportIndex.exportFolder, type: 'audio/wav' };
  }),
  route('GET', 'picture/ID', async ({ library, analyser }, _, id) => {
    const { texture, shown } = library.find(id);
    const bytes = await analyser.send('picture', { file: texture.file, isLoop: texture.isLoop });
    if (!bytes) throw notFound('It cannot be read, so there is no picture of it.');
    return { kind: 'bytes', bytes, type: 'application/octet-stream', stamp: shown.stamp, headers: {} };
  }),
  route('GET', 'song/ID', ({ sources }, { query }, id) => sources.piece(id, query)),
  route('GET', 'context/ID', ({ sources }, { query }, id) => sources.context(id, query)),
  route('GET', 'sources/ID', async ({ sources }, _, id) => json(await sources.source(id))),
  route('POST', 'decisions', async ({ library }, asked) =>
    json(await saved(library, parsed(decisionsRequest, await asked.body()))),
  ),
  route('GET', 'profiles', async ({ kits }) => json(await kits.profiles())),
  route('POST', 'kit/plan', async ({ kits }, asked) =>
    json(await kits.plan(parsed(kitPlanRequest, await asked.body()))),
  ),
  route('POST', 'kit', async ({ kits }, asked) =>
    json(await kits.make(parsed(kitRequest, await asked.body()))),
  ),
  route('GET', 'instruments', ({ instruments }) => json(instruments.formats())),
  route('POST', 'instrument', async ({ instruments }, asked) =>
    json(await instruments.make(parsed(instrumentRequest, await asked.body()))),
  ),
  route('GET', 'phases', async ({ runs }, { query }) => json(await runs.phases(query.get('export') ?? ''))),
  route('POST', 'run', async ({ runs, jobs }, asked) => {
    await runs.start(parsed(runRequest, await asked.body()));
    return json({ job: jobs.current() });
  }),
  route('POST', 'mine', async ({ mining, jobs }, asked) => {
    mining.start(parsed(mineRequest, await asked.body()));
    return json({ job: jobs.current() });
  }),
  route('POST', 'render', async ({ renders, jobs }, asked) => {
    await renders.start(parsed(renderRequest, await asked.body()));
    return json({ job: jobs.current() });
  }),
  route('GET', 'versions/ID', async ({ platform, library }, _, id) =>
    json(await versionOffer(platform, library.find(id))),
  ),
  route('POST', 'versions/keep', async ({ renders }, asked) =>
    json(await renders.keep(parsed(versionRequest, await asked.body()).id)),
  ),
  route('POST', 'versions/release', async ({ renders }, asked) =>
    json(await renders.release(parsed(versionRequest, await asked.body()).id)),
  ),
  route('POST', 'stop', async ({ jobs }, asked) => {
    parsed(noRequest, await asked.body());
    return json({ job: jobs.stop() });
  }),
];

/** What answers a request, by its method and the path of its address; paths are compared as they come, never decoded. */
export interface Chosen {
  /** Null where nothing at this address takes the method. */
  readonly answer: ((services: Services, asked: Asked) => Promise<Answer> | Answer) | null;
  /** Of what lies at this address; empty where nothing does. */
  readonly methods: readonly Route['method'][];
}

export function routeOf(method: string | undefined, path: string): Chosen {
  const here = ROUTES.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, id: match[1] ?? '' }] : [];
  });
  const chosen = here.find(({ route }) => route.method === method);
  return {
    answer: chosen ? (services, asked) => chosen.route.answer(services, asked, chosen.id) : null,
    methods: here.map(({ route }) => route.method),
  };
}

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
