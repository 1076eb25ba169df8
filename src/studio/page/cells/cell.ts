/** A cell of the sheet, which shows one texture after another as the sheet is scrolled. */
import { drawCell } from '../../../report/page/cell.ts';
import type { Colour } from '../../../report/page/colours.ts';
import { element } from '../../../report/page/element.ts';
import type { Families } from '../../../report/page/families.ts';
import type { Overview } from '../../../report/page/overview.ts';
import { seconds } from '../../../report/page/words.ts';
import type { Decision, Texture } from '../../protocol.ts';
import type { MarkedIds } from '../state/marked-ids.ts';
import { accessibleName, decisionWord, noteOf } from '../state/words.ts';

export interface CellsContent {
  readonly shown: readonly Texture[];
  readonly families: Families;
  decision(texture: Texture): Decision;
  /** Another figure to show, beside those that are always shown; null for none. */
  readonly figure: { readonly name: string; of(texture: Texture): string } | null;
}

/** Where a cell lies, CSS pixels. */
export interface CellPlace {
  /** From 0, in the order of the sheet. */
  readonly place: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

export interface Cell {
  readonly box: HTMLElement;
  /** Null where it shows none. */
  texture(): Texture | null;
  show(texture: Texture | null, at: CellPlace, content: CellsContent, marks: MarkedIds): void;
  /** Null: there is no picture yet. */
  draw(picture: Overview | null, shades: readonly Colour[]): void;
}

export function createCell(): Cell {
  const box = element('div', { class: 'cell', role: 'option' });
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const [name, source, part] = ['name', 'source', 'part'].map((kind) => element('span', { class: kind }));
  const facts = element('span', { class: 'facts' });
  name.append(source, part);
  box.append(canvas, name, facts);
  let shown: Texture | null = null;
  /** What it says, so that it is written but once. */
  let written = '';
  let drawn: Overview | null = null;
  return {
    box,
    texture: () => shown,
    show(texture, at, content, marks) {
      if (texture?.id !== shown?.id || texture?.stamp !== shown?.stamp) drawn = null;
      shown = texture;
      box.hidden = texture === null;
      if (!texture) return;
      const decision = content.decision(texture);
      const state = JSON.stringify([
        ...[texture.id, texture.stamp, at, texture.id === marks.selected, texture.id === marks.playing],
        ...[marks.picked.has(texture.id), decision, content.figure?.name, content.shown.length],
      ]);
      if (state === written) return;
      written = state;
      setState(box, texture, at, content, marks);
      source.textContent = decision.name ? '' : `${texture.sourceTitle}, `;
      part.textContent = decision.name ?? texture.part;
      facts.replaceChildren(...factsOf(texture, decision, content).map((fact) => element('span', {}, fact)));
    },
    draw(picture, shades) {
      if (!shown || (picture !== null && picture === drawn)) return;
      drawn = picture;
      if (picture) drawCell(canvas, picture, shown.family, shades);
      else canvas.width = 0;
    },
  };
}

function setState(
  box: HTMLElement,
  texture: Texture,
  { place, left, top, width }: CellPlace,
  { families, shown, decision: decisionOf }: CellsContent,
  { selected, playing, picked }: MarkedIds,
): void {
  const decision = decisionOf(texture);
  box.style.transform = `translate(${left}px, ${top}px)`;
  box.style.width = `${width}px`;
  box.id = `cell-${texture.id}`;
  box.className = `cell ${decision.decision ?? ''}`;
  box.dataset.family = texture.family;
  box.classList.toggle('chosen', texture.rank !== null);
  box.classList.toggle('sounds', texture.id === playing);
  box.classList.toggle('picked', picked.has(texture.id));
  box.tabIndex = texture.id === selected ? 0 : -1;
  box.setAttribute('aria-selected', String(texture.id === selected));
  box.setAttribute('aria-label', accessibleName(texture, decision, families, picked.has(texture.id)));
  box.setAttribute('aria-posinset', String(place + 1));
  box.setAttribute('aria-setsize', String(shown.length));
}

function factsOf(
  texture: Texture,
  { decision: decided, stars = 0 }: Decision,
  { figure }: CellsContent,
): string[] {
  const { durationSec, root, grade } = texture;
  return [
    seconds(durationSec),
    figure ? figure.of(texture) : root ? noteOf(root.note) : '',
    [decided && decisionWord(decided), '★'.repeat(stars)].filter(Boolean).join(' '),
    grade,
  ].filter(Boolean);
}
