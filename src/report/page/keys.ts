/** The keys of the page: they mean something wherever one is, but for where one types or chooses. */
import { byId } from './element.ts';
import type { Direction } from './neighbour-cell.ts';

interface Actions {
  walk(direction: Direction): void;
  first(): void;
  last(): void;
  toggle(): void;
  stop(): void;
  /** The focus goes back from the search to the sheet. */
  leaveSearch(): void;
  toggleChosen(): void;
  changeTheme(): void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function listenToKeys(actions: Actions): void {
  const help = byId<HTMLDialogElement>('help');
  const search = byId('search');
  const byKey: Readonly<Record<string, () => void>> = {
    Home: actions.first,
    End: actions.last,
    '/': () => search.focus(),
    c: actions.toggleChosen,
    d: actions.changeTheme,
    '?': () => help.showModal(),
  };
  byId('keys').addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === 'Escape') actions.stop();
    const target = event.target as HTMLElement;
    if (target === search && event.key === 'Enter') actions.leaveSearch();
    if (target.matches('input, select')) return;
    const direction = ARROWS[event.key];
    if (direction) actions.walk(direction);
    else if (event.key === ' ' && !target.matches('button, summary, a')) actions.toggle();
    else if (event.key === 'Enter' && target.matches('.cell')) byId('file').click();
    else if (byKey[event.key]) byKey[event.key]();
    else return;
    event.preventDefault();
  });
}
