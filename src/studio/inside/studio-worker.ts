/** The studio with the engine inside, in a worker: the same service that the local server has, on the page's own disk. */
import { writeDemoArchive } from '../../engine/demo/archive.ts';
import { basename, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import type { StudioEvent } from '../protocol.ts';
import { ownThreadAnalyser } from '../service/analyser.ts';
import type { Answer } from '../service/answer.ts';
import { renderOne } from '../service/render-one.ts';
import { badRequest, errorAnswer, isUnexpected, notFound, RequestError } from '../service/request-error.ts';
import { routeOf } from '../service/routes.ts';
import { openServices, type Services } from '../service/services.ts';
import type { StudioMachine } from '../service/studio-machine.ts';
import { openDecoding } from './decoding.ts';
import { ARCHIVE, type Disk, EXPORT, openDisk, PROJECT } from './disk.ts';
import { exportFile, exportFiles, putBack } from './export-files.ts';
import { folderZip } from './folder-zip.ts';
import type { DecodedAnswer, FromStudio, Role, StudioCall, StudioCalls } from './messages.ts';
import { type ArchiveMining, openArchiveMining } from './mine-archive.ts';
import { sortedOut } from './no-sounds.ts';
import { doneInPageWords, inPageWords } from './page-words.ts';
import { savedExport } from './saved-export.ts';
import { takeBack } from './take-back.ts';

/** What the export's folder is called where it is unpacked. */
const EXPORT_NAME = 'afterglow-export';

/** Answers the page's calls, from the first message on. */
export async function serveStudio({
  ports,
  shipped,
  seed,
}: Extract<Role, { role: 'studio' }>): Promise<void> {
  const send = (message: FromStudio) => postMessage(message);
  const decoding = openDecoding(send);
  const opening = assertReadsFiles().then(async () => {
    const disk = await openDisk(ports, shipped, decoding.decode);
    const services = await servicesOn(disk, send);
    const mining = openArchiveMining(disk.platform, services, seed);
    return callsOf(disk, services, mining, (event) => send({ event }));
  });
  addEventListener('message', async ({ data }: MessageEvent<StudioCall | DecodedAnswer>) => {
    if ('decoded' in data) {
      decoding.take(data);
      return;
    }
    const { call, name, given } = data;
    try {
      const calls = await opening;
      send({ call, result: await calls[name](given as never) });
    } catch (error) {
      if (isUnexpected(error)) reportError(error);
      const { code, message } = errorAnswer(error).answer.error;
      send({ call, failure: { code, message: inPageWords(message) } });
    }
  });
  await opening;
}

/** WebKit (2.50) reads no Blob in the workers of a page that was opened as a file. @throws RequestError */
async function assertReadsFiles(): Promise<void> {
  await new Blob(['a']).arrayBuffer().catch(() => {
    throw new RequestError(
      501,
      'unsupported',
      'Opened from the disk, this page may read no files in this browser; open it in Chrome, Edge or Firefox, or from a server.',
    );
  });
}

function servicesOn({ platform }: Disk, send: (message: FromStudio) => void): Promise<Services> {
  const machine: StudioMachine = {
    platform,
    runJobs: undefined,
    say: inPageWords,
    openAnalyser: () => ownThreadAnalyser(platform),
    render: (task, onProgress) => renderOne(platform, task, onProgress),
    watch: () => () => {},
  };
  return openServices(machine, {
    sites: [{ id: 'e1', shown: EXPORT_NAME, exportFolder: EXPORT, exportRoot: EXPORT }],
    project: { folder: PROJECT },
    report: (event) => send({ event: event.kind === 'job-done' ? doneInPageWords(event) : event }),
    onUnexpected: (error) => reportError(error),
  });
}

type Calls = {
  [Name in keyof StudioCalls]: (
    given: Parameters<StudioCalls[Name]>[0],
  ) => Promise<ReturnType<StudioCalls[Name]>>;
};

function callsOf(
  { platform, bring }: Disk,
  services: Services,
  mining: ArchiveMining,
  report: (event: StudioEvent) => void,
): Calls {
  return {
    async ask({ method, address, body }) {
      const [path, query = ''] = address.split('?');
      const route = routeOf(method, path);
      if (!route.answer) throw notFound();
      const asked = { query: new URLSearchParams(query), body: async () => jsonOf(body) };
      return sent(platform, await route.answer(services, asked));
    },
    async bring(brought) {
      const saved = await savedExport(brought);
      if (saved) return { takenBack: (await takeBack(services, saved, report)) ? saved.name : null };
      const { taken, problems } = sortedOut(brought);
      if (taken.length === 0) report({ kind: 'answer', message: problems.join(' ') });
      else mining.mine({ only: await bring(taken), problems });
      return { takenBack: null };
    },
    async demo() {
      await writeDemoArchive(platform, ARCHIVE);
      mining.mine({ only: null, problems: [] });
      return null;
    },
    stopped: async () => mining.stopped(),
    async goOn() {
      mining.goOn();
      return null;
    },
    exportFiles: () => exportFiles(platform),
    exportFile: (path) => exportFile(platform, path),
    async putBack(files) {
      await putBack(platform, files);
      await services.library.refresh();
      return null;
    },
    async zip(folder) {
      const place = folder === null ? EXPORT : join(PROJECT, folder);
      const name = folder === null ? EXPORT_NAME : basename(place);
      return { name: `${name}.zip`, blob: await folderZip(platform, place, name) };
    },
  };
}

function jsonOf(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw badRequest('The body is no JSON.');
  }
}

async function sent(platform: Platform, answer: Answer): Promise<ReturnType<StudioCalls['ask']>> {
  switch (answer.kind) {
    case 'json':
      return { body: answer.text, headers: {} };
    case 'bytes':
      return { body: answer.bytes as Uint8Array<ArrayBuffer>, headers: answer.headers };
    case 'file':
      return { body: (await platform.files.read(answer.file)) as Uint8Array<ArrayBuffer>, headers: {} };
  }
}
