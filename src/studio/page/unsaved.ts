/** Whether something was made or decided that no saved file holds; leaving is asked about then. */
import { byId } from '../../report/page/element.ts';
import type { InsideBackend } from './inside-backend.ts';

export interface Unsaved {
  /** All of it is saved. */
  clear(): void;
}

export function watchUnsaved(inside: InsideBackend): Unsaved {
  let isUnsaved = false;
  const show = (next: boolean) => {
    isUnsaved = next;
    byId('unsaved').hidden = !isUnsaved;
  };
  inside.listen(
    ({ kind }) => {
      if (['palette-changed', 'decisions-changed'].includes(kind)) show(true);
    },
    () => {},
    () => {},
  );
  addEventListener('beforeunload', (event) => {
    if (isUnsaved) event.preventDefault();
  });
  show(false);
  return { clear: () => show(false) };
}
