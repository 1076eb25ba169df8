/** The breath of what plays: a glow around its drop that widens with its level. The browser moves it; nothing is drawn. */
import { type Drop, heartRadius } from './map-drops.ts';
import { growthOf, onScreen, type View } from './map-view.ts';

/** Half the side of the element, CSS pixels (studio/page/styles/map.css). */
const HALF = 100;

/** @param drop null: nothing plays @param level how loud it is, 0 to 1 */
export function showBreath(glow: HTMLElement, drop: Drop | null, view: View, level: number): void {
  glow.hidden = drop === null;
  if (!drop) return;
  const { x, y } = onScreen(drop, view);
  const radius = growthOf(view) * heartRadius(drop.durationSec) + 12 + 42 * level;
  glow.style.transform = `translate(${x - HALF}px, ${y - HALF}px) scale(${radius / HALF})`;
  glow.style.opacity = String(0.22 + 0.3 * level);
}
