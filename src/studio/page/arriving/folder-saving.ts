/** Saving into a folder of the user's, as it is made, and going on there next time; where the browser writes into folders. */
import { announce, byId } from '../../../report/page/element.ts';
import type { ExportFile } from '../../inside/messages.ts';
import type { StudioEvent } from '../../protocol.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';
import { type FolderCopy, openFolderCopy } from './folder-copy.ts';
import { folderWords } from './folder-words.ts';
import type { Saved } from './saved.ts';
import {
  canWriteFolders,
  chosenFolder,
  filesIn,
  keepFolder,
  keptFolder,
  type UserFolder,
} from './user-folder.ts';

/** After a decision, others often follow, ms. */
const PAUSE_MS = 1500;
/** Complaints that are shown at once. */
const MOST_PROBLEMS = 6;

/** @param onResumed an export that was saved earlier is there again */
export function connectFolderSaving(inside: InsideBackend, saved: Saved, onResumed: () => void): void {
  const save = byId<HTMLButtonElement>('save-folder');
  const resume = byId<HTMLButtonElement>('go-on');
  const words = byId('folder-words');
  save.hidden = !canWriteFolders();
  if (save.hidden) return;
  const writing = createWriting(inside, saved, (text) => {
    words.textContent = text;
  });
  const attempt = (work: () => Promise<void>) => () =>
    void work().catch((error: Error) => {
      words.textContent = `The folder cannot be used: ${folderWords(error)}`;
    });

  void keptFolder().then((folder) => {
    resume.hidden = folder === null;
    if (folder) resume.textContent = `go on in “${folder.name}”`;
  });
  save.addEventListener(
    'click',
    attempt(async () => {
      const folder = await chosenFolder();
      if (!folder) return;
      await keepFolder(folder);
      writing.into(folder, []);
    }),
  );
  resume.addEventListener(
    'click',
    attempt(async () => {
      const folder = await keptFolder();
      if (!folder || (await folder.requestPermission?.({ mode: 'readwrite' })) === 'denied') return;
      words.textContent = `reading “${folder.name}”…`;
      const files = await filesIn(folder);
      await inside.call('putBack', files);
      resume.hidden = true;
      onResumed();
      writing.into(folder, await inside.call('exportFiles', null));
    }),
  );
}

function createWriting(inside: InsideBackend, saved: Saved, say: (words: string) => void) {
  let copy: FolderCopy | null = null;
  let timer = 0;
  let isMaking = false;
  let isWriting = false;
  /** Something changed while files were written. */
  let isAskedAgain = false;

  async function write(): Promise<void> {
    if (!copy || isMaking) return;
    isAskedAgain = isWriting;
    if (isWriting) return;
    isWriting = true;
    try {
      await update(copy);
    } catch (error) {
      say(`The folder could not be saved: ${folderWords(error as Error)}`);
    } finally {
      isWriting = false;
    }
    if (isAskedAgain) await write();
  }

  async function update(into: FolderCopy): Promise<void> {
    const isSaved = saved.begin();
    const { changed, failed } = await into.update(
      await inside.call('exportFiles', null),
      (path) => inside.call('exportFile', path),
      (number, of) => say(`saving ${number} of ${of} files into “${into.name}”…`),
    );
    if (failed.length === 0) isSaved({ kind: 'folder', name: into.name });
    say(failed.slice(0, MOST_PROBLEMS).join(' '));
    if (changed > 0) announce(`${changed} files saved in ${into.name}`);
  }
  inside.listen(
    ({ kind }: StudioEvent) => {
      if (kind === 'job') isMaking = true;
      if (kind === 'job-done') isMaking = false;
      if (!['job-done', 'palette-changed', 'decisions-changed'].includes(kind)) return;
      clearTimeout(timer);
      timer = window.setTimeout(write, PAUSE_MS);
    },
    () => {},
    () => {},
  );
  return {
    /** @param there what it holds already */
    into(folder: UserFolder, there: readonly ExportFile[]): void {
      copy = openFolderCopy(folder, there);
      void write();
    },
  };
}
