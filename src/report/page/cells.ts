/** The contact sheet: a cell a texture, drawn when it comes into view and let go when it leaves. */
import { readOverview } from './blocks.ts';
import type { Stretch } from './choice.ts';
import { type Colour, mix, ramp, styleColour } from './colours.ts';
import type { Sheet, SheetTexture } from './contract.ts';
import { drawSpectrogram, drawWave, openCanvas } from './drawing.ts';
import { element } from './element.ts';
import { STEPS } from './overview.ts';
import { seconds, spoken } from './words.ts';

/** How far outside of the window cells are drawn already. */
const AHEAD = '400px';
/** Part of a cell's picture that the spectrogram takes; the waveform lies under it. */
const SPECTROGRAM_PART = 0.68;

export interface Cells {
  /** Lays the sheet anew. */
  show(stretches: readonly Stretch[]): void;
  /** The cell of a texture. */
  at(place: number): HTMLElement;
  /** Draws all that is in view again, in the colours of now. */
  redraw(): void;
}

export function createCells(list: HTMLElement, { textures }: Sheet): Cells {
  const inView = new Set<number>();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const place = Number((target as HTMLElement).dataset.place);
        if (isIntersecting) {
          inView.add(place);
          draw(place);
        } else if (inView.delete(place)) {
          release(canvasOf(place));
        }
      }
    },
    { rootMargin: AHEAD },
  );
  /** Made when they are first shown: an export may have ten thousands. */
  const cells: HTMLElement[] = [];
  const at = (place: number): HTMLElement => {
    if (!cells[place]) {
      cells[place] = cellOf(textures[place], place);
      watcher.observe(cells[place]);
    }
    return cells[place];
  };
  const canvasOf = (place: number) => at(place).firstElementChild as HTMLCanvasElement;
  const colours = new Map<string, readonly Colour[]>();

  function draw(place: number): void {
    const overview = readOverview(place);
    at(place).classList.toggle('bare', overview === null && document.readyState !== 'loading');
    const canvas = overview && openCanvas(canvasOf(place));
    if (!canvas) return;
    const { pen, all } = canvas;
    const { family } = textures[place];
    const height = Math.round(SPECTROGRAM_PART * all.height);
    const shades = colours.get(family) ?? ramp(pigmentStops(family), STEPS);
    colours.set(family, shades);
    drawSpectrogram(pen, { ...all, height }, overview, shades);
    const under = { ...all, top: height + 3, height: all.height - height - 3 };
    drawWave(pen, under, overview.peaks, styleColour(family));
  }

  return {
    at,
    redraw() {
      colours.clear();
      for (const place of inView) draw(place);
    },
    show(stretches) {
      list.replaceChildren(
        ...stretches.map(({ heading, places }, index) => {
          const group = element('div', { class: 'stretch', role: 'group' });
          if (heading !== '') {
            const title = element('div', { class: 'heading', id: `stretch-${index}`, role: 'presentation' });
            title.textContent = heading;
            group.setAttribute('aria-labelledby', title.id);
            group.append(title);
          }
          const grid = element('div', { class: 'grid', role: 'presentation' });
          grid.append(...places.map(at));
          group.append(grid);
          return group;
        }),
      );
    },
  };
}

function cellOf(texture: SheetTexture, place: number): HTMLElement {
  const cell = element('div', {
    class: `cell ${texture.family}`,
    role: 'option',
    tabindex: '-1',
    'aria-selected': 'false',
    'aria-label': spoken(texture),
    'data-place': String(place),
  });
  if (texture.rank !== null) cell.classList.add('chosen');
  const name = element('span', { class: 'name' });
  const source = element('span', { class: 'source' });
  source.textContent = `${texture.source}, `;
  name.append(source, texture.part);
  const facts = element('span', { class: 'facts' });
  for (const fact of [seconds(texture.durationSec), texture.root, texture.grade]) {
    facts.append(element('span', {}, fact));
  }
  cell.append(element('canvas', { 'aria-hidden': 'true' }), name, facts);
  return cell;
}

function pigmentStops(family: string): Colour[] {
  const ground = styleColour('ground');
  const pigment = styleColour(family);
  const parts = [0, 0.12, 0.34, 0.7, 1].map((part) => mix(ground, pigment, part));
  return [...parts, mix(pigment, styleColour('ink'), 0.55)];
}

function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
