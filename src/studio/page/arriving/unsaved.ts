/** Whether something was made or decided that no saved file holds; leaving is asked about then. */
import { byId } from '../../../report/page/element.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';

export interface Unsaved {
  /** All of it is saved. @param where in a sentence, shown until something else is made */
  clear(where?: string): void;
}

export function watchUnsaved(inside: InsideBackend): Unsaved {
  let isUnsaved = false;
  const show = (next: boolean, where = '') => {
    isUnsaved = next;
    byId('unsaved').hidden = !isUnsaved;
    byId('saved').textContent = where;
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
  return { clear: (where) => show(false, where) };
}
