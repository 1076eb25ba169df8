/** Details of the selected texture. */
import { MOST_STARS } from '../../../engine/most-stars.ts';
import { byId, element } from '../../../report/page/element.ts';
import { fillFigures } from '../../../report/page/figure-list.ts';
import { drawAxis } from '../../../report/page/frequency-axis.ts';
import type { Decision, PaletteAnswer, Texture } from '../../protocol.ts';
import { factsOf, reasonsOf, spectrumWords, whence } from './details-text.ts';

export interface Details {
  /** Null: nothing is selected. */
  show(texture: Texture | null, decision: Decision, palette: PaletteAnswer): void;
  /** What sounds alike, nearest first. */
  showSimilar(textures: readonly Texture[]): void;
}

export function createDetails(handlers: {
  onChoose(id: string): void;
  onStars(stars: number): void;
}): Details {
  drawAxis(byId('axis'));
  for (let stars = 1; stars <= MOST_STARS; stars++) {
    const star = element('button', { type: 'button', 'aria-label': `${stars} of ${MOST_STARS} stars` }, '☆');
    star.addEventListener('click', () => handlers.onStars(stars));
    byId('stars').append(star);
  }
  return {
    show(texture, decision, palette) {
      byId('details-all').hidden = texture === null;
      byId('details-none').hidden = texture !== null;
      if (!texture) return;
      showFacts(texture, palette.columns);
      byId('similar').replaceChildren();
      showDecision(texture, decision);
    },
    showSimilar(textures) {
      byId('similar').replaceChildren(
        ...textures.map(({ id, title, family }) => {
          const item = element('li');
          const button = element('button', { type: 'button', 'data-family': family }, title);
          button.addEventListener('click', () => handlers.onChoose(id));
          item.append(button);
          return item;
        }),
      );
    },
  };
}

function showFacts(texture: Texture, columns: readonly string[]): void {
  const value = (column: string) => texture.figures[columns.indexOf(column)] ?? '';
  byId('place').textContent = whence(value);
  byId('wave').setAttribute('aria-label', `Waveform of ${texture.title}`);
  byId('spectrum').setAttribute('aria-label', spectrumWords(texture));
  byId('letter').textContent = texture.grade;
  byId('reasons').textContent = reasonsOf(texture, value);
  fillFigures(byId('facts'), factsOf(texture, value));
  const all = columns.map((column, i) => [column, texture.figures[i]] as const);
  fillFigures(
    byId('figures'),
    all.filter(([, text]) => text !== ''),
  );
}

export function showDecision(texture: Texture, { decision, stars = 0, note = '', name }: Decision): void {
  byId('name').textContent = name ?? texture.title;
  showPressed('keep', decision === 'keep', 'keep', 'kept');
  showPressed('reject', decision === 'reject', 'reject', 'rejected');
  for (const [i, star] of [...byId('stars').children].entries()) {
    star.setAttribute('aria-pressed', String(i < stars));
    star.textContent = i < stars ? '★' : '☆';
  }
  write(byId<HTMLInputElement>('note'), note);
  write(byId<HTMLInputElement>('own-name'), name ?? '');
  byId<HTMLInputElement>('own-name').placeholder = texture.name;
}

function showPressed(id: string, isPressed: boolean, words: string, pressedWords: string): void {
  byId(id).setAttribute('aria-pressed', String(isPressed));
  byId(id).querySelector('span')!.textContent = isPressed ? pressedWords : words;
}

/** Not while somebody writes there. */
function write(field: HTMLInputElement, text: string): void {
  if (document.activeElement !== field) field.value = text;
}
