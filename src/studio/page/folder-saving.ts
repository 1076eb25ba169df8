/** Saving into a folder of the user's, as it is made, and going on there next time; where the browser writes into folders. */
import { byId } from '../../report/page/element.ts';
import { createFolderWriting } from './folder-writing.ts';
import type { InsideBackend } from './inside-backend.ts';
import type { Unsaved } from './unsaved.ts';
import { canWriteFolders, chosenFolder, filesIn, keepFolder, keptFolder } from './user-folder.ts';

/** @param onResumed an export that was saved earlier is there again */
export function connectFolderSaving(inside: InsideBackend, unsaved: Unsaved, onResumed: () => void): void {
  const save = byId<HTMLButtonElement>('save-folder');
  const resume = byId<HTMLButtonElement>('go-on');
  const words = byId('folder-words');
  save.hidden = !canWriteFolders();
  if (save.hidden) return;
  const writing = createFolderWriting(inside, unsaved, (text) => {
    words.textContent = text;
  });
  const attempt = (work: () => Promise<void>) => () =>
    void work().catch(({ message }: Error) => {
      words.textContent = `The folder cannot be used: ${message}`;
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
