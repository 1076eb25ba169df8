/** Songs that were stopped are made no more, unless somebody asks for it. */
import { byId } from '../../../report/page/element.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';

/** Offers to go on, while there is something to go on with. */
export function offerStopped(inside: InsideBackend): void {
  const button = byId<HTMLButtonElement>('go-on-stopped');
  button.addEventListener('click', () => {
    button.hidden = true;
    void inside.call('goOn', null);
  });
  inside.listen(
    ({ kind }) => {
      if (kind === 'job') button.hidden = true;
      if (kind !== 'job-done') return;
      void inside.call('stopped', null).then((count) => {
        button.hidden = count === 0;
        button.textContent = `go on with the ${count} stopped`;
      });
    },
    () => {},
    () => {},
  );
}
