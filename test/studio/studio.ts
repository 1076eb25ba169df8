/** A studio that is really open, and who speaks to it: as its page would, or with whatever bytes one likes. */
import { connect } from 'node:net';
import type { PaletteAnswer, StudioEvent, Texture } from '../../src/studio/protocol.ts';
import { openStudio } from '../../src/studio/server/server.ts';
import { afterFile } from '../after-file.ts';

export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
}

/** A busy machine may send on a connection that the server just closed as idle. */
const NO_REUSE = { connection: 'close' };

/** Opens a studio on export folders; it is closed after the file's tests. */
export async function studioOn(exportFolders: readonly string[], projectFolder = exportFolders[0]) {
  const unexpected: unknown[] = [];
  const studio = await openStudio({
    sites: exportFolders.map((exportFolder, i) => ({
      ...{ id: `e${i + 1}`, shown: `export ${i + 1}`, exportFolder, exportRoot: exportFolder },
    })),
    project: { folder: projectFolder },
    ...{ port: 0, jobs: 0 },
    onUnexpected: (error) => unexpected.push(error),
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await studio.close();
    isOpen = false;
  };
  afterFile(close);
  const origin = `http://127.0.0.1:${studio.port}`;
  const opening = await fetch(studio.address, { redirect: 'manual' });
  const [cookie] = opening.headers.get('set-cookie')!.split(';');
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${origin}${path}`, { method, redirect: 'manual', headers: { cookie, ...NO_REUSE, ...headers } });
  const post = (path: string, body: unknown) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { cookie, origin, ...NO_REUSE, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const palette = async () => (await (await get('/api/palette')).json()) as PaletteAnswer;
  return {
    ...{ studio, origin, opening, cookie, unexpected, get, post, palette, close },
    /** By the path in its export. */
    async texture(path: string, exportId = 'e1'): Promise<Texture> {
      const { textures } = await palette();
      return textures.find((texture) => texture.path === path && texture.export === exportId)!;
    },
    /** Sends bytes as they stand, and reads until the server closes. */
    raw: (text: string) => raw(studio.port, text),
    /** A whole request with the session, and what else it is to say. */
    rawRequest: (line: string, headers: readonly string[] = [], body = '') =>
      raw(
        studio.port,
        [
          ...[`${line} HTTP/1.1`, `Host: 127.0.0.1:${studio.port}`, `Cookie: ${cookie}`],
          ...[...headers, 'Connection: close', '', body],
        ].join('\r\n'),
      ),
    events: () => listen(`${origin}/api/events`, cookie),
  };
}

function raw(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(10_000, () => socket.destroy(new Error('The server neither answers nor closes.')));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that refuses a long body may be gone before all of it is sent.
      if (answer === '') reject(error);
    });
    socket.on('close', () => {
      const [head, ...rest] = answer.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') });
    });
  });
}

/** Reads events until one of a kind has come; those that came before stay to be asked for. */
async function listen(address: string, cookie: string) {
  const stopping = new AbortController();
  const response = await fetch(address, { headers: { cookie }, signal: stopping.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const heard: StudioEvent[] = [];
  let text = '';
  let hasEnded = false;
  const read = async () => {
    const { value, done } = await reader.read();
    hasEnded = done;
    text += value ?? '';
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      if (line.startsWith('data: ')) heard.push(JSON.parse(line.slice(6)));
    }
  };
  return {
    response,
    hasEnded: () => hasEnded,
    async next<K extends StudioEvent['kind']>(kind: K): Promise<Extract<StudioEvent, { kind: K }>> {
      for (;;) {
        const at = heard.findIndex((event) => event.kind === kind);
        if (at >= 0) return heard.splice(0, at + 1)[at] as Extract<StudioEvent, { kind: K }>;
        if (hasEnded) throw new Error(`The stream ended without ${kind}.`);
        await read();
      }
    },
    async end() {
      while (!hasEnded) await read();
    },
    close: () => stopping.abort(),
  };
}
