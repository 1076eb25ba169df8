import type { ErrorAnswer, StudioEvent } from '../../protocol.ts';
import { type Answered, type Backend, Unanswered } from './backend.ts';

/** A tab reaches a server that was started again at its own port only, once the other's address was opened. */
const OFFLINE = `The studio’s server does not answer. Start “afterglow studio --port ${globalThis.location?.port}” again, and open the address that it prints in another tab.`;

/** The server that the page came from. */
export const servedBackend: Backend = {
  words: {
    lost: OFFLINE,
    nothingYet: null,
    noSource: 'No source for WHAT lies in this project; “afterglow init” shows where they go.',
    saving: 'saving…',
    saved: 'saved',
  },
  recorderAddress: '/recorder.js',
  give: null,
  isFollowed: false,
  async ask(address, body, signal): Promise<Answered> {
    const answer = await fetch(address, { ...(body === null ? {} : posting(body)), signal }).catch(
      (error: Error) => {
        if (error.name === 'AbortError') throw error;
        throw new Unanswered('offline', OFFLINE);
      },
    );
    if (answer.ok) {
      return { bytes: await answer.arrayBuffer(), header: (name) => answer.headers.get(name) };
    }
    const failure = (await answer.json().catch(() => null)) as ErrorAnswer | null;
    throw new Unanswered(
      failure?.error?.code ?? 'unexpected',
      failure?.error?.message ?? `The studio’s server answered with ${answer.status}.`,
    );
  },
  listen(onEvent, onOpen, onLost) {
    let isLost = false;
    const stream = new EventSource('/api/events');
    stream.addEventListener('message', ({ data }) => onEvent(JSON.parse(data as string) as StudioEvent));
    stream.addEventListener('error', () => {
      if (!isLost) onLost();
      isLost = true;
    });
    stream.addEventListener('open', () => {
      if (isLost) onOpen();
      isLost = false;
    });
  },
};

function posting(body: string): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body };
}
