/** Saving all that the page made, and asking before what is not saved gets lost. */
import { announce, byId } from '../../report/page/element.ts';
import { giveFile } from './give-file.ts';
import type { InsideBackend } from './inside-backend.ts';

/** @param button that saves */
export function connectSaving(button: HTMLButtonElement, inside: InsideBackend): void {
  const words = button.textContent;
  /** Something was made or decided that no saved file holds. */
  let isUnsaved = false;
  const show = () => {
    byId('unsaved').hidden = !isUnsaved;
  };
  inside.listen(
    (event) => {
      if (!['palette-changed', 'decisions-changed'].includes(event.kind)) return;
      isUnsaved = true;
      show();
    },
    () => {},
    () => {},
  );
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'packing…';
    try {
      const { name, blob } = await inside.call('zip', null);
      giveFile(name, blob);
      isUnsaved = false;
      announce(`${name} is among your downloads.`);
    } finally {
      button.textContent = words;
      button.disabled = false;
      show();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault();
  });
  show();
}
