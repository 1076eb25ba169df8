/** A layer's line: its name, its level, and the button that takes it away. */
import { element } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';

/** Range of a layer's level, dB; at the least it is silent. */
export const LEAST_DB = -36;
export const MOST_DB = 6;

export function createLayerLine(
  { title, family }: Texture,
  levelDb: number,
  { onLevel, onRemove }: { onLevel(levelDb: number): void; onRemove(): void },
): HTMLElement {
  const line = element('li', { 'data-family': family });
  const level = element('input', {
    type: 'range',
    min: String(LEAST_DB),
    max: String(MOST_DB),
    step: '1',
    value: String(levelDb),
    'aria-label': `Level of ${title}, decibels`,
  });
  const remove = element('button', { type: 'button', 'aria-label': `Take ${title} away` }, 'take away');
  line.append(element('span', { class: 'layer-name' }, title), level, remove);
  level.addEventListener('input', () => onLevel(Number(level.value)));
  remove.addEventListener('click', onRemove);
  return line;
}
