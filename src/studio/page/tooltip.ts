/** What a drop is, beside it. */
import { byId } from '../../report/page/element.ts';
import type { Point } from './map-view.ts';

/** Room to the drop and to the edges, CSS pixels. */
const BESIDE = 14;
const ABOVE = 44;
const EDGE = 8;

export function showTip(name: string, facts: string, at: Point): void {
  const tip = byId('tip');
  tip.hidden = false;
  tip.querySelector('.tip-name')!.textContent = name;
  tip.querySelector('.tip-facts')!.textContent = facts;
  const most = byId('map').clientWidth - tip.offsetWidth - EDGE;
  const left = Math.max(EDGE, Math.min(most, at.x + BESIDE));
  tip.style.transform = `translate(${left}px, ${Math.max(EDGE, at.y - ABOVE)}px)`;
}

export function hideTip(): void {
  byId('tip').hidden = true;
}
