/** `afterglow.html`: the studio with the engine inside. */
import { byId } from '../../report/page/element.ts';
import { createArrival } from './arriving/arrival.ts';
import { connectFolderSaving } from './arriving/folder-saving.ts';
import { offerStopped } from './arriving/go-on-stopped.ts';
import { connectSaving } from './arriving/save-all.ts';
import { watchSaved } from './arriving/saved.ts';
import { useBackend } from './backend/backend.ts';
import { openInside } from './backend/inside-backend.ts';
import { openStudio } from './main.ts';

const seed = /^\d+$/.exec(new URLSearchParams(location.search).get('seed') ?? '');
const inside = openInside({
  code: () => unpacked('engine-code'),
  files: async () => JSON.parse(await unpacked('engine-files')) as Record<string, string>,
  recorder: byId('recorder-code').textContent,
  seed: seed ? Number(seed[0]) : null,
  workers: navigator.hardwareConcurrency,
});
useBackend(inside);
const saved = watchSaved(inside);
// What comes of it is told to the studio, which must be there by then.
const opened = openStudio();
createArrival({
  async onBrought(brought) {
    await opened;
    const { takenBack } = await inside.call('bring', brought);
    if (takenBack !== null) saved.begin()({ kind: 'brought', name: takenBack });
  },
  async onDemo() {
    await opened;
    await inside.call('demo', null);
  },
});
offerStopped(inside);
connectSaving(byId<HTMLButtonElement>('save-all'), inside, saved);
connectFolderSaving(inside, saved, () => document.documentElement.classList.remove('arriving'));

/** A text that the build put into the page, in gzip and base64. */
async function unpacked(id: string): Promise<string> {
  const bytes = Uint8Array.from(atob(byId(id).textContent), (character) => character.charCodeAt(0));
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(text).text();
}
