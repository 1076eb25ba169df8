/** Saving all that the page made, as one ZIP. */
import { announce } from '../../../report/page/element.ts';
import { giveFile } from '../backend/give-file.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';
import type { Unsaved } from './unsaved.ts';

/** @param button that saves */
export function connectSaving(button: HTMLButtonElement, inside: InsideBackend, unsaved: Unsaved): void {
  const words = button.textContent;
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'packing…';
    try {
      const { name, blob } = await inside.call('zip', null);
      giveFile(name, blob);
      const where = `${name} is among your downloads.`;
      unsaved.clear(where);
      announce(where);
    } finally {
      button.textContent = words;
      button.disabled = false;
    }
  });
}
