/** What of all that was made and decided is saved: said in one place, and asked about where somebody leaves. */
import { byId } from '../../../report/page/element.ts';
import type { InsideBackend } from '../backend/inside-backend.ts';

/** Where all of it lies: a file among the downloads, a folder that goes on being written, or an export that somebody brought. */
interface SavedPlace {
  readonly kind: 'download' | 'folder' | 'brought';
  readonly name: string;
}

export interface Saved {
  /**
   * Saving begins.
   * @returns to be told, once it is done, where all of it lies; what changed meanwhile does not
   */
  begin(): (place: SavedPlace) => void;
}

export function watchSaved(inside: InsideBackend): Saved {
  /** How often something was made or decided, and how often by the time of what is saved. */
  let [changes, saved] = [0, 0];
  let last: SavedPlace | null = null;
  const show = () => {
    byId('saved').textContent = savedWords(last, changes > saved);
  };
  inside.listen(
    (event) => {
      const isVersion = event.kind === 'job-done' && event.rendering !== null;
      if (!isVersion && !['palette-changed', 'decisions-changed'].includes(event.kind)) return;
      changes++;
      show();
    },
    () => {},
    () => {},
  );
  addEventListener('beforeunload', (event) => {
    if (changes > saved) event.preventDefault();
  });
  show();
  return {
    begin() {
      const held = changes;
      return (place) => {
        // A folder that was begun before a ZIP may be done after it.
        if (held < saved) return;
        saved = held;
        last = place;
        show();
      };
    },
  };
}

function savedWords(last: SavedPlace | null, isUnsaved: boolean): string {
  if (last === null) {
    return isUnsaved
      ? 'Nothing is saved yet: all of it is gone when this tab is closed.'
      : 'Nothing is made yet.';
  }
  const { kind, name } = last;
  if (isUnsaved) {
    return kind === 'folder'
      ? `What changed just now is not saved in “${name}” yet.`
      : `What changed since “${name}” is not saved yet.`;
  }
  return {
    download: `All is saved: “${name}” is among your downloads.`,
    folder: `All is saved in “${name}”, and goes on being saved there.`,
    brought: `All is saved, in “${name}”.`,
  }[kind];
}
