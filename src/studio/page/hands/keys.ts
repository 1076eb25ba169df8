/** The keys: what each does, in the order in which the help shows them. */
import { byId, element } from '../../../report/page/element.ts';

interface Key {
  /** As `event.key` has it; several do the same. */
  readonly keys: readonly string[];
  /** As it is written on a key; by default the keys themselves. */
  readonly shown?: string;
  readonly words: string;
  /** @returns false: it is left to the browser after all; whatever else: it is done */
  readonly run: (key: string) => unknown;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly Key[];
}

interface KeyHandlers {
  /** A key goes elsewhere first, as to a piano; true where it is done with. */
  intercept(event: KeyboardEvent): boolean;
  onEscape(): void;
  /** Control and z, or what undoes on this machine; with shift. */
  onUndo(isRedo: boolean): void;
}

/** Where one writes: such a field has its keys to itself. */
const WRITTEN = 'textarea, input:not([type=range], [type=file])';

/** Keys mean something wherever one is, but for where one types or chooses, and for what a control does by itself. */
export function listenToKeys(groups: readonly KeyGroup[], handlers: KeyHandlers): void {
  const byKey = new Map(
    groups.flatMap(({ keys }) => keys).flatMap((key) => key.keys.map((name) => [name, key])),
  );
  let wasEscape = false;
  document.addEventListener('keydown', (event) => {
    const leaves = wasEscape || event.shiftKey;
    wasEscape = event.key === 'Escape';
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      const isUndo = !event.altKey && event.key.toLowerCase() === 'z';
      // A field undoes what is written in it.
      if (!isUndo || target.matches(WRITTEN)) return;
      event.preventDefault();
      handlers.onUndo(event.shiftKey);
      return;
    }
    if (event.key === 'Escape') handlers.onEscape();
    if (document.querySelector('dialog[open]')) return;
    if (target.matches(`${WRITTEN}, select`)) {
      if (event.key === 'Escape' || event.key === 'Enter') target.blur();
      return;
    }
    if (target.matches('input[type=range]') && event.key.startsWith('Arrow')) return;
    const isPress = event.key === ' ' || event.key === 'Enter';
    if (isPress && target.matches('button, summary, a, [type=file]')) return;
    if (event.key === 'Tab' && (leaves || !isInView(target))) return;
    if (handlers.intercept(event)) {
      event.preventDefault();
      return;
    }
    const key = byKey.get(event.key);
    if (!key || key.run(event.key) === false) return;
    event.preventDefault();
  });
}

/**
 * What was pressed or chosen with the pointer lets the keys go: space plays then, and does not press again. Who came to a
 * control with keys goes on in it, since there each arrow chooses; so does who pressed a place of the tray, which Delete empties.
 */
export function letGoOfPressed(): void {
  let pressed: EventTarget | null = null;
  document.addEventListener('pointerdown', ({ target }) => {
    pressed = target;
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Tab') pressed = null;
  });
  document.addEventListener('change', ({ target }) => {
    const isChosen = target instanceof HTMLSelectElement && target === pressed;
    if (isChosen && !target.closest('dialog')) target.blur();
  });
  document.addEventListener('click', ({ target, detail }) => {
    const button = (target as HTMLElement).closest('button');
    if (button && detail > 0 && !button.closest('dialog, .slot')) button.blur();
  });
}

/** In a view, or nowhere: elsewhere Tab goes from control to control, as everywhere. */
function isInView(target: HTMLElement): boolean {
  return target === document.body || target.closest('#map, #cells, #songs') !== null;
}

export function writeHelp(groups: readonly KeyGroup[]): void {
  byId('help-keys').replaceChildren(
    ...groups.map(({ title, keys }) => {
      const group = element('section');
      const list = element('dl');
      for (const { keys: names, shown, words } of keys) {
        const term = element('dt');
        for (const name of (shown ?? names.join(' ')).split(' ')) term.append(element('kbd', {}, name), ' ');
        list.append(term, element('dd', {}, words));
      }
      group.append(element('h3', {}, title), list);
      return group;
    }),
  );
}
