/** Which cell lies next to another one, as they stand on the screen. */

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * @param cells in the order of the page
 * @returns the place in `cells` of the neighbour; the same where there is none
 */
export function neighbour(cells: readonly HTMLElement[], from: number, direction: Direction): number {
  if (direction === 'left') return Math.max(0, from - 1);
  if (direction === 'right') return Math.min(cells.length - 1, from + 1);
  const step = direction === 'up' ? -1 : 1;
  const here = cells[from].offsetTop;
  let at = from + step;
  while (cells[at] && cells[at].offsetTop === here) at += step;
  if (!cells[at]) return from;
  const row = cells[at].offsetTop;
  const left = cells[from].offsetLeft;
  let nearest = at;
  for (; cells[at] && cells[at].offsetTop === row; at += step) {
    if (Math.abs(cells[at].offsetLeft - left) <= Math.abs(cells[nearest].offsetLeft - left)) nearest = at;
  }
  return nearest;
}
