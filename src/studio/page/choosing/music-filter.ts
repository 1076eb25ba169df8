/** Choices of key, root and tempo: those that occur, each with how often. */
import { pitchClassName } from '../../../curation/note-names.ts';
import { byId, element } from '../../../report/page/element.ts';
import type { Searched } from '../../../report/page/search.ts';
import type { PaletteAnswer, Texture } from '../../protocol.ts';
import { type MusicQuery, TEMPO_STEP, tempoOf } from './choice.ts';
import { searchedIn } from './searched.ts';

export interface MusicFilter {
  query(): MusicQuery;
  /** Offers what occurs, each with how often it does in what is let in. */
  offer(palette: PaletteAnswer, letIn: readonly Texture[]): void;
  clear(): void;
}

export function createMusicFilter(onChange: () => void): MusicFilter {
  const key = byId<HTMLSelectElement>('by-key');
  const root = byId<HTMLSelectElement>('by-root');
  const tempo = byId<HTMLSelectElement>('by-tempo');
  const fitting = byId<HTMLButtonElement>('with-fitting');
  const isFitting = () => fitting.getAttribute('aria-pressed') === 'true';
  const setFitting = (is: boolean) => fitting.setAttribute('aria-pressed', String(is));
  const changed = () => {
    fitting.hidden = key.value === '';
    onChange();
  };
  for (const field of [key, root, tempo]) field.addEventListener('input', changed);
  fitting.addEventListener('click', () => {
    setFitting(!isFitting());
    onChange();
  });
  return {
    query: () => ({ key: key.value, withFitting: isFitting(), root: root.value, tempo: tempo.value }),
    offer({ textures, columns }, letIn) {
      const searchedOf = searchedIn(columns);
      const [all, counted] = [textures, letIn].map((some) => some.map(searchedOf));
      const offer = (field: HTMLSelectElement, of: ValueOf, words: (value: string) => string) =>
        offerCounted(field, all.flatMap(of), counted.flatMap(of), words);
      const inSharps = (name: string) => name.replace('#', '♯');
      offer(key, (one) => one.key || [], inSharps);
      offer(root, (one) => (one.root === null ? [] : pitchClassName(one.root)), inSharps);
      offer(
        tempo,
        ({ bpm }) => (bpm === null ? [] : String(tempoOf(bpm))),
        (least) => `${least} to ${Number(least) + TEMPO_STEP} bpm`,
      );
      fitting.hidden = key.value === '';
    },
    clear() {
      for (const field of [key, root, tempo]) field.value = '';
      setFitting(false);
      fitting.hidden = true;
    },
  };
}

/** What a texture has of a field; empty: nothing. */
type ValueOf = (one: Searched) => string | readonly string[];

const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/** What was chosen before stays so where it still occurs; a field with nothing to choose from is not shown. */
function offerCounted(
  field: HTMLSelectElement,
  all: readonly string[],
  counted: readonly string[],
  words: (value: string) => string,
): void {
  const counts = new Map(all.map((value) => [value, 0]));
  for (const value of counted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const before = field.value;
  const options = [...counts]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([value, count]) => element('option', { value }, `${words(value)} (${count})`));
  field.replaceChildren(element('option', { value: '' }, 'any'), ...options);
  field.value = counts.has(before) ? before : '';
  field.parentElement!.hidden = counts.size === 0;
}
