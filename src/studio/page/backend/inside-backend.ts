/** The studio's service in a worker of this page, and the workers that mine for it. */
import type { DecodedAnswer, FromStudio, Role, StudioCalls } from '../../inside/messages.ts';
import type { StudioEvent } from '../../protocol.ts';
import { type Backend, type BackendWords, Unanswered } from './backend.ts';
import { decodedByBrowser } from './decoded-by-browser.ts';
import { engineWorkers } from './engine-worker.ts';
import { giveFile } from './give-file.ts';

export interface InsideBackend extends Backend {
  /** See {@link StudioCalls}. */
  call<Name extends keyof StudioCalls>(
    name: Name,
    given: Parameters<StudioCalls[Name]>[0] | null,
  ): Promise<ReturnType<StudioCalls[Name]>>;
}

/** What the page carries for its workers. */
export interface EngineParts {
  /** Their program, a module without imports. */
  code(): Promise<string>;
  /** Files that come with the engine, by path. */
  files(): Promise<Readonly<Record<string, string>>>;
  /** See {@link Backend}. */
  readonly recorder: string;
  readonly seed: number | null;
  /** How many mine at once. */
  readonly workers: number;
}

const WORDS: BackendWords = {
  lost: 'The engine in this page has ended; open the file again. What you saved as a file is safe.',
  nothingYet: 'What is found appears here.',
  noSource: 'None of the songs in this page can be made into WHAT; drop them here, or others.',
  // What is saved is said in one place, where sounds come in.
  saving: '',
  saved: '',
};

/** Starts all workers; calls wait until they are there. */
export function openInside(parts: EngineParts): InsideBackend {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners: ((event: StudioEvent) => void)[] = [];
  let last = 0;
  const studio = startStudio(parts, (message) => {
    if ('decode' in message) void answerDecoding(message);
    else if ('event' in message) for (const listener of listeners) listener(message.event);
    else if ('call' in message) {
      const one = waiting.get(message.call);
      waiting.delete(message.call);
      if ('failure' in message) {
        one?.reject(new Unanswered(message.failure.code, message.failure.message));
      } else one?.resolve(message.result);
    }
  });
  const answerDecoding = async ({ decode, file, sampleRate }: Extract<FromStudio, { decode: number }>) => {
    const sound = await decodedByBrowser(file, sampleRate);
    const answer: DecodedAnswer = { decoded: decode, sound };
    const channels = sound?.channels ?? [];
    (await studio).postMessage(
      answer,
      channels.map(({ buffer }) => buffer as ArrayBuffer),
    );
  };
  const call: InsideBackend['call'] = async (name, given) => {
    const worker = await studio;
    return new Promise<never>((resolve, reject) => {
      waiting.set(++last, { resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage({ call: last, name, given });
    });
  };
  return {
    words: WORDS,
    recorderAddress: `data:text/javascript,${encodeURIComponent(parts.recorder)}`,
    isFollowed: true,
    call,
    async ask(address, body, signal) {
      const method = body === null ? 'GET' : 'POST';
      const answer = await call('ask', { method, address, body });
      signal?.throwIfAborted();
      const bytes = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
      return { bytes: bytes.buffer, header: (name) => answer.headers[name] ?? null };
    },
    listen(onEvent, _, onLost) {
      listeners.push(onEvent);
      studio.catch(onLost);
    },
    async give(folder) {
      const { name, blob } = await call('zip', folder);
      giveFile(name, blob);
      return name;
    },
  };
}

async function startStudio(
  { code, files, seed, workers }: EngineParts,
  onMessage: (message: FromStudio) => void,
): Promise<Worker> {
  const [startWorker, shipped] = await Promise.all([code().then(engineWorkers), files()]);
  const channels = Array.from({ length: workers }, () => new MessageChannel());
  const [studio] = await Promise.all([
    startWorker(),
    ...channels.map(async ({ port2 }, i) => {
      const worker = await startWorker();
      const role: Role = { role: 'jobs', port: port2, id: i + 2 };
      worker.postMessage(role, [port2]);
    }),
  ]);
  const ports = channels.map(({ port1 }) => port1);
  const role: Role = { role: 'studio', ports, shipped, seed };
  studio.addEventListener('message', ({ data }: MessageEvent<FromStudio>) => onMessage(data));
  studio.postMessage(role, [...ports]);
  return studio;
}
