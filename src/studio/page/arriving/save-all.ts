/** Saving all that the page made, as one ZIP. */
import { announce } from '../../../report/page/element.ts';
import { giveFile } from '../backend/give-file.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';
import type { Saved } from './saved.ts';

/** @param button that saves */
export function connectSaving(button: HTMLButtonElement, inside: InsideBackend, saved: Saved): void {
  const words = button.textContent;
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'packing…';
    try {
      const isSaved = saved.begin();
      const { name, blob } = await inside.call('zip', null);
      giveFile(name, blob);
      isSaved({ kind: 'download', name });
      announce(`${name} is among your downloads.`);
    } finally {
      button.textContent = words;
      button.disabled = false;
    }
  });
}
