/** The palette as a list: thousands of rows, of which those in view exist. */
import { byId, element } from '../../report/page/element.ts';
import { seconds } from '../../report/page/words.ts';
import type { Decision, Texture } from '../protocol.ts';
import { decisionWord, noteOf, spokenTexture } from './words.ts';

/** CSS pixels; the style says the same. */
const ROW_HEIGHT = 40;
/** Rows beyond what is seen. */
const BEYOND = 8;

interface ListSight {
  readonly shown: readonly Texture[];
  decision(texture: Texture): Decision;
  /** Another figure to tell, beside those that are always told; null for none. */
  readonly figure: { readonly name: string; of(texture: Texture): string } | null;
}

export interface PaletteList {
  show(sight: ListSight): void;
  /** @param isFocused the row takes the focus, too */
  select(id: string | null, isFocused: boolean): void;
  setPlaying(id: string | null): void;
  /** Tells rows in view again, whose decisions changed. */
  refresh(): void;
}

interface Row {
  readonly line: HTMLElement;
  readonly cells: readonly HTMLElement[];
  texture: Texture | null;
  /** What it tells, so that it is told but once. */
  told: string;
}

const CELLS = ['name', 'mark', 'extra', 'length', 'root', 'loud', 'grade'] as const;

export function createList(hand: {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
}): PaletteList {
  const box = byId('list');
  const tall = byId('list-rows');
  const rows: Row[] = [];
  let sight: ListSight | null = null;
  let selected: string | null = null;
  let playing: string | null = null;
  let hovered: Texture | null = null;
  let frame = 0;

  function draw(): void {
    frame = 0;
    if (!sight || box.clientHeight === 0) return;
    const { shown } = sight;
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - BEYOND);
    const count = Math.min(shown.length - first, Math.ceil(box.clientHeight / ROW_HEIGHT) + 2 * BEYOND);
    while (rows.length < count) rows.push(addRow());
    // A row keeps its place in the pool, so that a scroll by one changes one.
    for (const [index, row] of rows.entries()) {
      const place = first + ((index - (first % rows.length) + rows.length) % rows.length);
      fill(row, place < first + count ? (shown[place] ?? null) : null, place);
    }
  }

  function fill(row: Row, texture: Texture | null, place: number): void {
    row.texture = texture;
    row.line.hidden = texture === null;
    if (!texture || !sight) return;
    const decision = sight.decision(texture);
    const told = [
      ...[texture.id, texture.stamp, place, texture.id === selected, texture.id === playing],
      ...[JSON.stringify(decision), sight.figure?.name, sight.shown.length],
    ].join(' ');
    if (told === row.told) return;
    row.told = told;
    const { line, cells } = row;
    line.style.transform = `translateY(${place * ROW_HEIGHT}px)`;
    line.id = `row-${texture.id}`;
    line.className = `row ${texture.family} ${decision.decision ?? ''}`;
    line.classList.toggle('sounds', texture.id === playing);
    line.tabIndex = texture.id === selected ? 0 : -1;
    line.setAttribute('aria-selected', String(texture.id === selected));
    line.setAttribute('aria-label', spokenTexture(texture, decision));
    line.setAttribute('aria-posinset', String(place + 1));
    line.setAttribute('aria-setsize', String(sight.shown.length));
    const words = [
      decision.name ?? texture.title,
      markOf(decision),
      sight.figure?.of(texture) ?? '',
      seconds(texture.durationSec),
      texture.root ? noteOf(texture.root.note) : '',
      texture.lufs === null ? '' : texture.lufs.toFixed(1).replace('-', '−'),
      texture.grade,
    ];
    for (const [i, cell] of cells.entries()) cell.textContent = words[i];
  }

  function addRow(): Row {
    const line = element('div', { class: 'row', role: 'option' });
    const cells = CELLS.map((name) => element('span', { class: name }));
    line.append(...cells);
    tall.append(line);
    const row: Row = { line, cells, texture: null, told: '' };
    line.addEventListener('click', () => row.texture && hand.onChoose(row.texture));
    return row;
  }

  function reveal(place: number): void {
    const top = place * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + ROW_HEIGHT - box.clientHeight;
    }
  }

  const later = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  box.addEventListener('scroll', later, { passive: true });
  // Only where the hand moves: rows that scroll under it are not pointed at.
  box.addEventListener('pointermove', ({ target, movementX, movementY }) => {
    const row = rows.find(({ line }) => line.contains(target as Node));
    if ((movementX === 0 && movementY === 0) || !row || row.texture === hovered) return;
    hovered = row.texture;
    hand.onHover(hovered);
  });
  box.addEventListener('pointerleave', () => {
    hovered = null;
    hand.onHover(null);
  });
  new ResizeObserver(() => {
    const place = sight?.shown.findIndex(({ id }) => id === selected) ?? -1;
    if (place >= 0) reveal(place);
    draw();
  }).observe(box);

  return {
    show(next) {
      const isOther = next.shown !== sight?.shown;
      sight = next;
      tall.style.height = `${next.shown.length * ROW_HEIGHT}px`;
      if (isOther) {
        const place = next.shown.findIndex(({ id }) => id === selected);
        if (place >= 0) reveal(place);
        else box.scrollTop = 0;
      }
      draw();
    },
    select(id, isFocused) {
      selected = id;
      const place = sight?.shown.findIndex((texture) => texture.id === id) ?? -1;
      if (place >= 0) reveal(place);
      draw();
      if (isFocused) rows.find(({ texture }) => texture?.id === id)?.line.focus({ preventScroll: true });
    },
    setPlaying(id) {
      playing = id;
      draw();
    },
    refresh: draw,
  };
}

function markOf({ decision, stars = 0 }: Decision): string {
  return [decision && decisionWord(decision), '★'.repeat(stars)].filter(Boolean).join(' ');
}
