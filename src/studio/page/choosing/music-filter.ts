/** Choices of key, root and tempo: those that occur, each with how often. */
import { pitchClassName } from '../../../curation/note-names.ts';
import { byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';
import { type MusicQuery, TEMPO_STEP, tempoOf } from './choice.ts';
import { searchedIn } from './searched.ts';

export interface MusicFilter {
  query(): MusicQuery;
  offer(palette: PaletteAnswer): void;
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
    offer({ textures, columns }) {
      const searched = textures.map(searchedIn(columns));
      offerCounted(key, searched.map((one) => one.key).filter(Boolean), (name) => name.replace('#', '♯'));
      const roots = searched.flatMap((one) => (one.root === null ? [] : [pitchClassName(one.root)]));
      offerCounted(root, roots, (name) => name.replace('#', '♯'));
      const tempi = searched.flatMap(({ bpm }) => (bpm === null ? [] : [String(tempoOf(bpm))]));
      offerCounted(tempo, tempi, (least) => `${least} to ${Number(least) + TEMPO_STEP} bpm`);
      fitting.hidden = key.value === '';
    },
    clear() {
      for (const field of [key, root, tempo]) field.value = '';
      setFitting(false);
      fitting.hidden = true;
    },
  };
}

const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/** What was chosen before stays so where it still occurs; a field with nothing to choose from is not shown. */
function offerCounted(
  field: HTMLSelectElement,
  values: readonly string[],
  words: (value: string) => string,
): void {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const before = field.value;
  const options = [...counts]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([value, count]) => element('option', { value }, `${words(value)} (${count})`));
  field.replaceChildren(element('option', { value: '' }, 'any'), ...options);
  field.value = counts.has(before) ? before : '';
  field.parentElement!.hidden = counts.size === 0;
}
