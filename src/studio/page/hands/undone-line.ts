/** What was undone just now, over the palette for a while: it may have happened where nobody looks. */
import { byId } from '../../../report/page/element.ts';

/** Long enough to read it and to press its button, ms. */
const SHOWN_MS = 8000;

interface UndoneLine {
  /** @param canRedo offers to do it again */
  show(words: string, canRedo: boolean): void;
}

export function createUndoneLine(): UndoneLine {
  const line = byId('undone');
  let timer = 0;
  /** Not from under a hand. */
  function hide(): void {
    if (line.matches(':hover, :focus-within')) timer = window.setTimeout(hide, SHOWN_MS);
    else line.hidden = true;
  }
  return {
    show(words, canRedo) {
      line.querySelector('span')!.textContent = words;
      const redo = byId('redo');
      // Keys would act on nothing once it is gone.
      if (!canRedo && document.activeElement === redo) byId('map').focus();
      redo.hidden = !canRedo;
      line.hidden = false;
      clearTimeout(timer);
      timer = window.setTimeout(hide, SHOWN_MS);
    },
  };
}
