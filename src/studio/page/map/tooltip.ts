/** What a drop is, beside it. */
import { byId } from '../../../report/page/element.ts';
import type { Point } from './map-view.ts';

/** Room to the drop and to the edges, CSS pixels. */
const BESIDE = 14;
const ABOVE = 44;
const EDGE = 8;

export function showTooltip(name: string, facts: string, at: Point): void {
  const tooltip = byId('tooltip');
  tooltip.hidden = false;
  tooltip.querySelector('.tooltip-name')!.textContent = name;
  tooltip.querySelector('.tooltip-facts')!.textContent = facts;
  const most = byId('map').clientWidth - tooltip.offsetWidth - EDGE;
  const left = Math.max(EDGE, Math.min(most, at.x + BESIDE));
  tooltip.style.transform = `translate(${left}px, ${Math.max(EDGE, at.y - ABOVE)}px)`;
}

export function hideTooltip(): void {
  byId('tooltip').hidden = true;
}
