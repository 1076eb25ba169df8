/** What stands where there is nothing to see: what is missing, and what makes it. */
import { byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';
import { postMine } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import { untilFree } from '../state/at-work.ts';

/** @param onClear shows everything again */
export function showEmptyMessage(palette: PaletteAnswer, shownCount: number, onClear: () => void): void {
  const empty = byId('empty');
  empty.hidden = shownCount > 0;
  if (shownCount > 0) return;
  if (palette.textures.length > 0) {
    const clear = element('button', { type: 'button' }, 'Show everything again');
    clear.addEventListener('click', onClear);
    empty.replaceChildren(element('p', {}, 'Nothing matches.'), clear);
  } else if (backend().words.nothingYet !== null) {
    empty.replaceChildren(element('p', {}, backend().words.nothingYet!));
  } else if (palette.exports.length > 0) {
    const problems = palette.exports.flatMap(({ problem }) => problem ?? []);
    const words =
      problems.length > 0
        ? problems
        : ['Nothing was excavated here yet. Run “afterglow all” in your project, and it will appear.'];
    empty.replaceChildren(...words.map((each) => element('p', {}, each)), offer(palette.exports[0].id));
  }
}

/** To begin at once: with the demo's sounds, or a folder of one's own. */
function offer(exportId: string): HTMLElement {
  const form = element('form', { class: 'offer' });
  const folder = element('input', {
    type: 'text',
    'aria-label': 'A folder of sounds',
    placeholder: '/home/me/music',
    autocomplete: 'off',
    spellcheck: 'false',
    required: '',
  });
  const mine = element('button', { type: 'submit' }, 'Mine this folder');
  const demo = element('button', { type: 'button' }, 'Try it with the demo’s sounds');
  const problem = element('p', { class: 'problem', role: 'alert' });
  const start = (wanted: string | null) => {
    problem.textContent = '';
    postMine({ export: exportId, folder: wanted }).catch((error: Unanswered) => {
      problem.textContent = error.message;
      untilFree(error, () => {
        if (problem.textContent === error.message) problem.textContent = '';
      });
    });
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start(folder.value.trim());
  });
  demo.addEventListener('click', () => start(null));
  form.append(folder, mine, demo, problem);
  return form;
}
