/** A dialog with a form whose request is sent to the server. */
import { announce, byId } from '../../../report/page/element.ts';
import type { Unanswered } from '../backend/backend.ts';
import { untilFree } from '../state/at-work.ts';

export interface Dialog {
  open(): void;
  /** Shows what is wrong, or nothing. */
  showProblem(words: string): void;
  /** Closes it once the server has taken the request; else it stays, and says why. */
  send(request: () => Promise<unknown>, done: string, explained: (problem: string) => string): Promise<void>;
}

/** @param id of the dialog; its form and the line of its problem bear it, too */
export function createDialog(id: string, onSubmit: () => void): Dialog {
  const dialog = byId<HTMLDialogElement>(id);
  const showProblem = (words: string) => {
    byId(`${id}-problem`).textContent = words;
  };
  byId(`${id}-form`).addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit();
  });
  dialog.querySelector('.close')?.addEventListener('click', () => dialog.close());
  return {
    showProblem,
    open: () => dialog.showModal(),
    async send(request, done, explained) {
      showProblem('');
      try {
        await request();
        dialog.close();
        announce(done);
      } catch (error) {
        const words = explained((error as Unanswered).message);
        showProblem(words);
        untilFree(error as Unanswered, () => {
          if (byId(`${id}-problem`).textContent === words) showProblem('');
        });
      }
    },
  };
}

/** The seed that a field holds, to be spread into a request; nothing where it is empty. */
export function seedIn(id: string): { seed?: number } {
  const text = byId<HTMLInputElement>(id).value.trim();
  return text === '' ? {} : { seed: Number(text) };
}
