/** The contact sheet: a cell a texture, drawn when it comes into view and let go when it leaves. */
import { readOverview } from './blocks.ts';
import { createCell, createShades, drawCell } from './cell.ts';
import type { Group } from './choice.ts';
import type { Sheet } from './contract.ts';
import { element } from './element.ts';
import { createFamilies } from './families.ts';

/** How far outside of the window cells are drawn already. */
const AHEAD = '400px';

export interface Cells {
  /** Lays the sheet again. */
  show(groups: readonly Group[]): void;
  /** The cell of a texture. */
  at(place: number): HTMLElement;
  /** Draws all that is in view again, in the colours of now. */
  redraw(): void;
}

export function createCells(list: HTMLElement, sheet: Sheet): Cells {
  const { textures } = sheet;
  const families = createFamilies(sheet.families);
  const shades = createShades();
  const view = watchView(
    (cell) => draw(cell),
    (cell) => release(canvasOf(cell)),
  );
  /** Made when they are first shown: an export may have ten thousands. */
  const cells: HTMLElement[] = [];
  const at = (place: number): HTMLElement => {
    if (!cells[place]) {
      cells[place] = createCell(textures[place], place, families);
      view.watch(cells[place]);
    }
    return cells[place];
  };
  function draw(cell: HTMLElement): void {
    const place = Number(cell.dataset.place);
    const overview = readOverview(place);
    cell.classList.toggle('bare', overview === null && document.readyState !== 'loading');
    const { family } = textures[place];
    if (overview) drawCell(canvasOf(cell), overview, family, shades.of(family));
  }
  return {
    at,
    redraw() {
      shades.forget();
      for (const cell of view.all()) draw(cell);
    },
    show(groups) {
      list.replaceChildren(...groups.map((group, index) => groupOf(group, index, at)));
    },
  };
}

/** Cells that are in view, or nearly. */
function watchView(onEnter: (cell: HTMLElement) => void, onLeave: (cell: HTMLElement) => void) {
  const inView = new Set<HTMLElement>();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const cell = target as HTMLElement;
        if (isIntersecting) {
          inView.add(cell);
          onEnter(cell);
        } else if (inView.delete(cell)) onLeave(cell);
      }
    },
    { rootMargin: AHEAD },
  );
  return {
    all: (): Iterable<HTMLElement> => inView,
    watch: (cell: HTMLElement) => watcher.observe(cell),
  };
}

function groupOf({ heading, places }: Group, index: number, at: (place: number) => HTMLElement): HTMLElement {
  const group = element('div', { class: 'group', role: 'group' });
  if (heading !== '') {
    const title = element('div', { class: 'heading', id: `group-${index}`, role: 'presentation' }, heading);
    group.setAttribute('aria-labelledby', title.id);
    group.append(title);
  }
  const grid = element('div', { class: 'grid', role: 'presentation' });
  grid.append(...places.map(at));
  group.append(grid);
  return group;
}

function canvasOf(cell: HTMLElement): HTMLCanvasElement {
  return cell.firstElementChild as HTMLCanvasElement;
}

function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
