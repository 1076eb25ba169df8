/** Sorts a plan of an unsorted folder: each source goes only through phases that suit it. */
import type { Settings } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import { inLanes } from '../platform/lanes.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { SOURCE_KINDS } from '../settings/source-kinds.ts';
import { admit } from './admission.ts';
import { type CacheEntry, emptyCache, type KnownContent } from './cache.ts';
import { globMatcher } from './only.ts';
import { readCache } from './read-cache.ts';
import { recogniseKinds } from './recognise-kinds.ts';
import { type Route, suitingMakers } from './routes.ts';
import { SOUND_CODE } from './sound-code.ts';
import { sourceContent } from './source-content.ts';
import type { Plan, Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';
import { mostWorkFirst } from './work.ts';

export interface RouteOptions {
  /** Files at once; 0 listens in the caller's thread. Default: one a core, as far as memory allows. */
  readonly jobs?: number;
  /** Ends it early: what was not analysed yet keeps all its makers. */
  readonly signal?: AbortSignal;
  /** Only where something new is to be analysed. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * The plan with each source's route. The config's globs are asked first, then what was analysed earlier of the same bytes, then
 * the analysis; it depends on nothing but the file's content, so that it is the same at any number of jobs and on any machine.
 * What is found is not written here: the run of the plan keeps it.
 */
export async function routeByKind(platform: Platform, plan: Plan, options: RouteOptions = {}): Promise<Plan> {
  const { settings, phases, families = FAMILIES } = plan.request;
  const cache = (await readCache(platform, plan.exportFolder)) ?? emptyCache();
  const ofConfig = routeOfConfig(settings.routes);
  const version = analyserVersion();
  const routes = new Map<Task, Route>();
  const unknown: UnknownKind[] = [];
  const learnt: CacheEntry[] = [];
  const contents = new Map<string, KnownContent | null>();
  const digest = async (file: Pick<Task, 'origin'> & { readonly path: string }): Promise<void> => {
    if (!contents.has(file.path)) contents.set(file.path, await sourceContent(platform, file, cache, learnt));
  };
  // Where nothing was heard yet, nothing waits for the digests: they are made while the workers listen.
  const hasHeard = cache.routes.size > 0;
  for (const task of plan.tasks) {
    if (task.path === null || options.signal?.aborted) continue;
    const { path, source, origin, name, bytes } = task;
    const configured = ofConfig(source, name);
    if (configured) {
      routes.set(task, configured);
      continue;
    }
    if (hasHeard) await digest({ path, origin });
    const known = cache.routes.get(contents.get(path)?.sha256 ?? '');
    if (known?.analyser === version) routes.set(task, known.route);
    else unknown.push({ task, path, origin, bytes });
  }
  const listening = recogniseUnknown(platform, unknown, routes, options);
  const heard = await hashBeside(listening, unknown, options.signal, digest);
  for (const { path, route, stamp } of heard) {
    const content = contents.get(path);
    // The digest may be of other bytes than those that were heard, where the file was changed in between.
    if (content && content.stamp === stamp)
      learnt.push({ heard: { sha256: content.sha256, ear: version, route } });
  }

  const routed = plan.tasks.map((task): Task => {
    const route = routes.get(task);
    return route ? { ...task, route, makers: suitingMakers(route, task.makers, phases, families) } : task;
  });
  return {
    ...plan,
    tasks: routed.filter(({ makers }) => makers.length > 0).sort(mostWorkFirst(settings, families)),
    idle: routed.filter(({ makers }) => makers.length === 0),
    learnt,
  };
}

interface UnknownKind {
  readonly task: Task;
  readonly path: string;
  readonly origin: string;
  readonly bytes: number;
}

interface Heard extends Pick<UnknownKind, 'path' | 'origin'> {
  readonly route: Route;
  /** Of the bytes that were heard; null where they changed meanwhile. */
  readonly stamp: string | null;
}

/** Listens, and takes what cannot be read for unknown. @returns what was heard */
async function recogniseUnknown(
  platform: Platform,
  unknown: readonly UnknownKind[],
  routes: Map<Task, Route>,
  { jobs, signal, onProgress }: RouteOptions,
): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  if (unknown.length === 0) return heard;
  let done = 0;
  onProgress?.(done, unknown.length);
  const threads = jobs ?? admit(unknown, platform.machine()).jobs;
  await recogniseKinds(
    platform,
    unknown,
    threads,
    ({ task, path, origin }, route, stamp) => {
      if (route) heard.push({ path, origin, route, stamp });
      routes.set(task, route ?? UNREADABLE);
      onProgress?.(++done, unknown.length);
    },
    signal,
  );
  return heard;
}

/** Hashes while others listen. Nothing goes on once this has come to an end, also where listening failed. @returns what was heard */
async function hashBeside(
  listening: Promise<readonly Heard[]>,
  files: readonly UnknownKind[],
  signal: AbortSignal | undefined,
  digest: (file: Pick<UnknownKind, 'path' | 'origin'>) => Promise<void>,
): Promise<readonly Heard[]> {
  let hasFailed = false;
  listening.catch(() => {
    hasFailed = true;
  });
  const hashing = inLanes(files, 1, signal, async (file) => {
    if (!hasFailed) await digest(file);
  });
  await Promise.allSettled([listening, hashing]);
  const heard = await listening;
  await hashing;
  // What was heard before an abort would be listened to again.
  await inLanes(heard, 1, undefined, digest);
  return heard;
}

const UNREADABLE: Route = { kind: 'unknown', by: 'ear', confidence: null, reason: { code: 'unreadable' } };

/** Names the engine that analysed: another one may find otherwise. */
function analyserVersion(): string {
  return sha256Of(`${ENGINE_VERSION} ${SOUND_CODE}`).slice(0, 16);
}

/** What the globs of `routes` say of a source, by its path as shown and its name in file names. */
function routeOfConfig(routes: Settings['routes']): (source: string, name: string) => Route | null {
  const rules = (['skip', ...SOURCE_KINDS] as const).flatMap((kind) =>
    routes[kind].map((glob) => ({ kind, glob, matches: globMatcher([glob]) })),
  );
  return (source, name) => {
    const rule = rules.find(({ matches }) => matches(source) || matches(name));
    if (!rule) return null;
    const { kind, glob } = rule;
    return { kind, by: 'config', confidence: null, reason: { code: 'configured', kind, glob } };
  };
}
