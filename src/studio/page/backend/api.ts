/** What the page asks of its backend. Every failure is an `Unanswered` whose message is a sentence for people. */
import { type Overview, unpackOverview } from '../../../report/page/overview.ts';
import type {
  DecisionsAnswer,
  DecisionsRequest,
  InstrumentAnswer,
  InstrumentFormatsAnswer,
  InstrumentRequest,
  JobAnswer,
  KeepVersionAnswer,
  KitAnswer,
  KitPlanAnswer,
  KitPlanRequest,
  KitRequest,
  MapAnswer,
  MineRequest,
  NeighboursAnswer,
  PaletteAnswer,
  PhasesAnswer,
  ProfilesAnswer,
  ReleaseVersionAnswer,
  RenderRequest,
  RunRequest,
  SourceAnswer,
  Texture,
  VersionOffer,
  VersionRequest,
} from '../../protocol.ts';
import { type Answered, backend } from './backend.ts';

export const getPalette = () => read<PaletteAnswer>('/api/palette');
export const getMap = () => read<MapAnswer>('/api/map');
export const getNeighbours = (id: string) => read<NeighboursAnswer>(`/api/neighbours/${id}?count=8`);
export const getSource = (id: string) => read<SourceAnswer>(`/api/sources/${id}`);
export const getProfiles = () => read<ProfilesAnswer>('/api/profiles');
export const getPhases = (exportId: string) => read<PhasesAnswer>(`/api/phases?export=${exportId}`);
export const postDecisions = (request: DecisionsRequest) => send<DecisionsAnswer>('/api/decisions', request);
export const postKitPlan = (request: KitPlanRequest) => send<KitPlanAnswer>('/api/kit/plan', request);
export const postKit = (request: KitRequest) => send<KitAnswer>('/api/kit', request);
export const getInstrumentFormats = () => read<InstrumentFormatsAnswer>('/api/instruments');
export const postInstrument = (request: InstrumentRequest) =>
  send<InstrumentAnswer>('/api/instrument', request);
export const postRun = (request: RunRequest) => send<JobAnswer>('/api/run', request);
export const postMine = (request: MineRequest) => send<JobAnswer>('/api/mine', request);
export const postRender = (request: RenderRequest) => send<JobAnswer>('/api/render', request);
export const getVersionOffer = (id: string) => read<VersionOffer>(`/api/versions/${id}`);
export const postKeepVersion = (request: VersionRequest) =>
  send<KeepVersionAnswer>('/api/versions/keep', request);
export const postReleaseVersion = (request: VersionRequest) =>
  send<ReleaseVersionAnswer>('/api/versions/release', request);
export const postStop = () => send<JobAnswer>('/api/stop', {});

/** Waveform and spectrogram of a texture, for its cell. */
export async function getPicture({ id, stamp }: Texture): Promise<Overview> {
  const { bytes } = await backend().ask(`/api/picture/${id}?stamp=${encodeURIComponent(stamp)}`, null);
  return unpackOverview(new Uint8Array(bytes));
}

/** A WAV whole, with the headers that came along. */
export function getSound(address: string, signal?: AbortSignal): Promise<Answered> {
  return backend().ask(address, null, signal);
}

async function read<T>(address: string): Promise<T> {
  return parsed(await backend().ask(address, null));
}

async function send<T>(address: string, request: unknown): Promise<T> {
  return parsed(await backend().ask(address, JSON.stringify(request)));
}

function parsed<T>({ bytes }: Answered): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}
