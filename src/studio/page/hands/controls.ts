/** Keys, buttons and fields of the page, each with the action that it stands for. */
import { byId } from '../../../report/page/element.ts';
import type { Compare } from '../details/compare.ts';
import type { Deciding } from '../keeping/deciding.ts';
import type { Piano } from '../playing/piano.ts';
import { VIEWS } from '../state/switches.ts';
import { showView } from './actions.ts';
import { type Actions, keyGroups } from './key-groups.ts';
import { letGoOfPressed, listenToKeys, writeHelp } from './keys.ts';

interface ControlParts {
  readonly actions: Actions;
  readonly piano: Piano;
  readonly compare: Compare;
  readonly deciding: Deciding;
}

export function connectControls({ actions, piano, compare, deciding }: ControlParts): void {
  const groups = keyGroups(actions);
  writeHelp(groups);
  listenToKeys(groups, {
    onEscape: actions.silence,
    onUndo: (isRedo) => (isRedo ? actions.redo() : actions.undo()),
    intercept: ({ code, repeat }) => piano.isOpen() && (repeat || piano.press(code)),
  });
  letGoOfPressed();
  document.addEventListener('keyup', ({ code }) => piano.release(code));
  for (const [id, run] of Object.entries(buttons(actions))) byId(id).addEventListener('click', run);
  byId('compare-release').addEventListener('click', compare.release);
  for (const [id, part] of [
    ['note', 'note'],
    ['own-name', 'name'],
  ] as const) {
    byId(id).addEventListener('change', () => deciding.write(part, byId<HTMLInputElement>(id).value));
  }
}

/** By the id of the button. */
function buttons(actions: Actions): Readonly<Record<string, () => void>> {
  return {
    play: actions.play,
    seam: actions.seam,
    'in-song': actions.song,
    layer: actions.layer,
    compare: actions.compare,
    'layers-all': actions.layers,
    keep: actions.keep,
    reject: actions.reject,
    undo: actions.undo,
    redo: actions.redo,
    'to-kit': actions.tray,
    'kit-kept': actions.trayKept,
    pick: actions.pick,
    'make-again': actions.again,
    'make-more': actions.more,
    'piano-toggle': actions.piano,
    record: actions.record,
    silence: actions.silence,
    'as-i-go': actions.asIGo,
    even: actions.even,
    keys: actions.help,
    nearer: () => actions.zoom('nearer'),
    further: () => actions.zoom('further'),
    whole: () => actions.zoom('whole'),
    next: () => void actions.next(),
    ...Object.fromEntries(VIEWS.map((view) => [`view-${view}`, () => showView(view)])),
  };
}
