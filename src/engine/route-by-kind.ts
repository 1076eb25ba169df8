/** Sorts a plan of an unsorted folder: each source goes only through phases that suit it. */
import type { Settings } from '../config/settings.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { SOURCE_KINDS } from '../settings/source-kinds.ts';
import { admit } from './admission.ts';
import { type CacheEntry, emptyCache } from './cache.ts';
import { inLanes } from './lanes.ts';
import { globMatcher } from './only.ts';
import { readCache } from './read-cache.ts';
import { recogniseKinds } from './recognise-kinds.ts';
import { type Route, suitingMakers } from './routes.ts';
import { SOUND_CODE } from './sound-code.ts';
import { sourceContent } from './source-content.ts';
import type { Plan, Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';
import { mostWorkFirst, workMeter } from './work.ts';

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
  const digests = new Map<string, string | null>();
  const digest = async (file: Pick<Task, 'origin'> & { readonly path: string }): Promise<void> => {
    digests.set(file.path, (await sourceContent(platform, file, cache, learnt))?.sha256 ?? null);
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
    const known = cache.routes.get(digests.get(path) ?? '');
    if (known?.analyser === version) routes.set(task, known.route);
    else unknown.push({ task, path, origin, bytes });
  }
  const listening = recogniseUnknown(platform, unknown, routes, options);
  if (!hasHeard) await Promise.all([listening, inLanes(unknown, 1, options.signal, digest)]);
  for (const { path, route } of await listening) {
    const sha256 = digests.get(path) ?? null;
    if (sha256 !== null) learnt.push({ heard: { sha256, ear: version, route } });
  }

  const routed = plan.tasks.map((task): Task => {
    const route = routes.get(task);
    return route ? { ...task, route, makers: suitingMakers(route, task.makers, phases, families) } : task;
  });
  const workOf = workMeter(settings, families);
  return {
    ...plan,
    tasks: routed.filter(({ makers }) => makers.length > 0).sort(mostWorkFirst(workOf)),
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

/** Listens, and takes what cannot be read for unknown. @returns what was heard */
async function recogniseUnknown(
  platform: Platform,
  unknown: readonly UnknownKind[],
  routes: Map<Task, Route>,
  { jobs, signal, onProgress }: RouteOptions,
): Promise<{ readonly path: string; readonly route: Route }[]> {
  const heard: { path: string; route: Route }[] = [];
  if (unknown.length === 0) return heard;
  let done = 0;
  onProgress?.(done, unknown.length);
  const threads = jobs ?? admit(unknown, platform.machine()).jobs;
  await recogniseKinds(
    platform,
    unknown,
    threads,
    ({ task, path }, route) => {
      if (route) heard.push({ path, route });
      routes.set(task, route ?? UNREADABLE);
      onProgress?.(++done, unknown.length);
    },
    signal,
  );
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
