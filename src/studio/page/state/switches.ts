/** What is on or off, and whether one sees the map or the list; a reload keeps it. */
import { byId } from '../../../report/page/element.ts';
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

export const VIEWS = ['map', 'cells', 'songs'] as const;
export type ViewName = (typeof VIEWS)[number];

export function view(): ViewName {
  return document.documentElement.dataset.view as ViewName;
}

export function setView(next: ViewName): void {
  document.documentElement.dataset.view = next;
  for (const one of VIEWS) byId(`view-${one}`).setAttribute('aria-pressed', String(one === next));
  remember('view', next);
}

/** As it was left. */
export function restoreSwitches(): void {
  for (const id of ['as-i-go', 'even'] as const) {
    byId(id).setAttribute('aria-pressed', String(remembered(id, true)));
  }
  const last = remembered<ViewName>('view', 'map');
  setView(VIEWS.includes(last) ? last : 'map');
}
