/** What is on or off, and whether one sees the map or the list; a reload keeps it. */
import { byId } from '../../report/page/element.ts';
import { remember, remembered } from './remembered.ts';

type Switch = 'as-i-go' | 'even';

export function isOn(id: Switch): boolean {
  return byId(id).getAttribute('aria-pressed') === 'true';
}

/** @returns what is to be said */
export function toggle(id: Switch): string {
  byId(id).setAttribute('aria-pressed', String(!isOn(id)));
  remember(id, isOn(id));
  return `${byId(id).querySelector('span')?.textContent} ${isOn(id) ? 'on' : 'off'}`;
}

export function isList(): boolean {
  return document.documentElement.dataset.view === 'list';
}

export function setView(view: 'map' | 'list'): void {
  document.documentElement.dataset.view = view;
  byId('view-map').setAttribute('aria-pressed', String(view === 'map'));
  byId('view-list').setAttribute('aria-pressed', String(view === 'list'));
  remember('view', view);
}

/** As it was left. */
export function restoreSwitches(): void {
  for (const id of ['as-i-go', 'even'] as const) {
    byId(id).setAttribute('aria-pressed', String(remembered(id, true)));
  }
  setView(remembered<'map' | 'list'>('view', 'map'));
}
