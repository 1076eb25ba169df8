/** A row of the list, which shows one texture after another as the list is scrolled. */
import { element } from '../../report/page/element.ts';
import type { Families } from '../../report/page/families.ts';
import { seconds } from '../../report/page/words.ts';
import type { Decision, Texture } from '../protocol.ts';
import { accessibleName, decisionWord, noteOf } from './words.ts';

/** CSS pixels; the style says the same. */
export const ROW_HEIGHT = 40;

export interface ListContent {
  readonly shown: readonly Texture[];
  readonly families: Families;
  decision(texture: Texture): Decision;
  /** Another figure to show, beside those that are always shown; null for none. */
  readonly figure: { readonly name: string; of(texture: Texture): string } | null;
}

/** What a row may be marked as; ids. */
export interface RowMarks {
  readonly selected: string | null;
  readonly playing: string | null;
}

export interface Row {
  readonly line: HTMLElement;
  /** Null where it shows none. */
  texture(): Texture | null;
  show(texture: Texture | null, place: number, content: ListContent, marks: RowMarks): void;
}

const CELLS = ['name', 'mark', 'extra', 'length', 'root', 'loud', 'grade'] as const;

export function createRow(): Row {
  const line = element('div', { class: 'row', role: 'option' });
  const cells = CELLS.map((name) => element('span', { class: name }));
  line.append(...cells);
  let shown: Texture | null = null;
  /** What it shows, so that it is written but once. */
  let written = '';
  return {
    line,
    texture: () => shown,
    show(texture, place, content, marks) {
      shown = texture;
      line.hidden = texture === null;
      if (!texture) return;
      const decision = content.decision(texture);
      const state = [
        ...[texture.id, texture.stamp, place, texture.id === marks.selected, texture.id === marks.playing],
        ...[JSON.stringify(decision), content.figure?.name, content.shown.length],
      ].join(' ');
      if (state === written) return;
      written = state;
      setState(line, texture, place, content, marks);
      const words = wordsOf(texture, decision, content);
      for (const [i, cell] of cells.entries()) cell.textContent = words[i];
    },
  };
}

function setState(
  line: HTMLElement,
  texture: Texture,
  place: number,
  { families, shown, decision: decisionOf }: ListContent,
  { selected, playing }: RowMarks,
): void {
  const decision = decisionOf(texture);
  line.style.transform = `translateY(${place * ROW_HEIGHT}px)`;
  line.id = `row-${texture.id}`;
  line.className = `row ${decision.decision ?? ''}`;
  line.dataset.family = texture.family;
  line.classList.toggle('sounds', texture.id === playing);
  line.tabIndex = texture.id === selected ? 0 : -1;
  line.setAttribute('aria-selected', String(texture.id === selected));
  line.setAttribute('aria-label', accessibleName(texture, decision, families));
  line.setAttribute('aria-posinset', String(place + 1));
  line.setAttribute('aria-setsize', String(shown.length));
}

/** In the order of the cells. */
function wordsOf(texture: Texture, decision: Decision, { figure }: ListContent): string[] {
  const { title, durationSec, root, lufs, grade } = texture;
  return [
    decision.name ?? title,
    markOf(decision),
    figure?.of(texture) ?? '',
    seconds(durationSec),
    root ? noteOf(root.note) : '',
    lufs === null ? '' : lufs.toFixed(1).replace('-', '−'),
    grade,
  ];
}

function markOf({ decision, stars = 0 }: Decision): string {
  return [decision && decisionWord(decision), '★'.repeat(stars)].filter(Boolean).join(' ');
}
