/** What stands where there is nothing to see: what is missing, and the command that makes it. */
import { byId, element } from '../../report/page/element.ts';
import type { PaletteAnswer } from '../protocol.ts';
import { backend } from './backend.ts';

/** @param onClear shows everything again */
export function showEmptyMessage(palette: PaletteAnswer, shownCount: number, onClear: () => void): void {
  const empty = byId('empty');
  empty.hidden = shownCount > 0;
  if (shownCount > 0) return;
  const problems = palette.exports.flatMap(({ problem }) => problem ?? []);
  if (palette.textures.length > 0) {
    const clear = element('button', { type: 'button' }, 'Show everything again');
    clear.addEventListener('click', onClear);
    empty.replaceChildren(element('p', {}, 'Nothing matches.'), clear);
  } else if (backend().words.nothingYet !== null) {
    empty.replaceChildren(element('p', {}, backend().words.nothingYet!));
  } else if (problems.length > 0) {
    empty.replaceChildren(...problems.map((problem) => element('p', {}, problem)));
  } else {
    const words = 'Nothing was excavated here yet. Run “afterglow all” in your project, and it will appear.';
    empty.replaceChildren(element('p', {}, words));
  }
}
