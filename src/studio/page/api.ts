/** What the page asks of its server. Every failure is an {@link Unanswered} whose message is a sentence for people. */
import type {
  DecisionsAnswer,
  DecisionsRequest,
  ErrorAnswer,
  JobAnswer,
  KitAnswer,
  KitPlanAnswer,
  KitPlanRequest,
  KitRequest,
  MapAnswer,
  NeighboursAnswer,
  PaletteAnswer,
  PhasesAnswer,
  ProfilesAnswer,
  RenderRequest,
  RunRequest,
  SourceAnswer,
} from '../protocol.ts';

/** The server did not answer (`offline`), or answered that it cannot. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A tab reaches a server that was started again at its own port only, once the other's address was opened. */
export const OFFLINE = `The studio’s server does not answer. Start “afterglow studio --port ${globalThis.location?.port}” again, and open the address that it prints in another tab.`;

export const getPalette = () => read<PaletteAnswer>('/api/palette');
export const getMap = () => read<MapAnswer>('/api/map');
export const getNeighbours = (id: string) => read<NeighboursAnswer>(`/api/neighbours/${id}?count=8`);
export const getSource = (id: string) => read<SourceAnswer>(`/api/sources/${id}`);
export const getProfiles = () => read<ProfilesAnswer>('/api/profiles');
export const getPhases = (exportId: string) => read<PhasesAnswer>(`/api/phases?export=${exportId}`);
export const postDecisions = (request: DecisionsRequest) => send<DecisionsAnswer>('/api/decisions', request);
export const postKitPlan = (request: KitPlanRequest) => send<KitPlanAnswer>('/api/kit/plan', request);
export const postKit = (request: KitRequest) => send<KitAnswer>('/api/kit', request);
export const postRun = (request: RunRequest) => send<JobAnswer>('/api/run', request);
export const postRender = (request: RenderRequest) => send<JobAnswer>('/api/render', request);
export const postStop = () => send<JobAnswer>('/api/stop', {});

/** A WAV whole, with the headers that came along. */
export async function getSound(
  path: string,
  signal?: AbortSignal,
): Promise<{ bytes: ArrayBuffer; headers: Headers }> {
  const answer = await ask(path, { signal });
  return { bytes: await answer.arrayBuffer(), headers: answer.headers };
}

async function read<T>(path: string): Promise<T> {
  return (await ask(path)).json() as Promise<T>;
}

async function send<T>(path: string, request: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return (await ask(path, { method: 'POST', headers, body: JSON.stringify(request) })).json() as Promise<T>;
}

async function ask(path: string, request: RequestInit = {}): Promise<Response> {
  const answer = await fetch(path, request).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    throw new Unanswered('offline', OFFLINE);
  });
  if (answer.ok) return answer;
  const failure = (await answer.json().catch(() => null)) as ErrorAnswer | null;
  throw new Unanswered(
    failure?.error?.code ?? 'unexpected',
    failure?.error?.message ?? `The studio’s server answered with ${answer.status}.`,
  );
}
