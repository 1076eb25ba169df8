import type { StudioEvent } from '../protocol.ts';
import { type Exchange, guardedHeaders } from './exchange.ts';

/** How often a silent stream says that it is there, ms: so that a page that is gone is noticed. */
const HEARTBEAT_MS = 15_000;
/** Bytes that may wait for a page. */
const MOST_WAITING = 1024 * 1024;

export interface EventStreams {
  /** Keeps a request open, and sends it all that happens from now on. */
  open(exchange: Exchange): void;
  send(event: StudioEvent): void;
  /** Says that the server ends, and ends all streams. */
  close(): void;
}

/** Server-sent events, to every page that is open. */
export function openEventStreams(): EventStreams {
  const streams = new Set<Exchange['response']>();
  const write = (text: string) => {
    for (const stream of streams) {
      // A page that does not listen any more is let go; should it wake, it connects again.
      if (stream.writableLength > MOST_WAITING) stream.destroy();
      else stream.write(text);
    }
  };
  const send = (event: StudioEvent) => write(`data: ${JSON.stringify(event)}\n\n`);
  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS).unref();
  return {
    send,
    open({ request, response }) {
      response.writeHead(200, { ...guardedHeaders(), 'content-type': 'text/event-stream' });
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      // After a lost connection the page tries again in a second.
      response.write('retry: 1000\n\n');
      streams.add(response);
      response.once('close', () => streams.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      send({ kind: 'closing' });
      for (const stream of streams) stream.end();
    },
  };
}
