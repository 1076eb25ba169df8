/** Several textures picked, and what is done with all of them at once, each time as one step of the history. */
import { announce, byId } from '../../../report/page/element.ts';
import type { DecisionChange, Texture } from '../../protocol.ts';
import type { History } from '../state/history.ts';
import { createSignal, type Signal } from '../state/signal.ts';
import { counted, decisionWord } from '../state/words.ts';
import type { Decisions } from './decisions.ts';

interface ManyParts {
  readonly decisions: Decisions;
  readonly history: History;
  /** Those shown, in their order. */
  shown(): readonly Texture[];
  selected(): Texture | null;
  toKit(texture: Texture): void;
}

export interface Many {
  /** In the order in which they were picked. */
  readonly picked: Signal<readonly Texture[]>;
  /** Takes one in, or out again. */
  toggle(texture: Texture): void;
  /** Takes in all of some. */
  add(textures: readonly Texture[]): void;
  /**
   * What a click with a held key means: shift takes in all from the selected one on, control the one alone.
   * @returns false where no such key is held
   */
  click(texture: Texture): boolean;
}

export function createMany(parts: ManyParts): Many {
  const { decisions, history } = parts;
  const picked = createSignal<readonly Texture[]>([]);
  const heldKeys = followHeldKeys();

  function add(textures: readonly Texture[]): void {
    const here = new Set(picked.get().map(({ id }) => id));
    picked.set([...picked.get(), ...textures.filter(({ id }) => !here.has(id))]);
    announce(`${picked.get().length} picked`);
  }
  function toggle(texture: Texture): void {
    const rest = picked.get().filter(({ id }) => id !== texture.id);
    if (rest.length === picked.get().length) add([texture]);
    else {
      picked.set(rest);
      announce(`${rest.length} picked`);
    }
  }
  function change(of: (texture: Texture) => DecisionChange, done: string): void {
    const all = picked.get();
    if (all.length === 0) return;
    const words = `${counted(all.length, 'texture')} ${done}`;
    decisions.change(all.map(of), words);
    announce(words);
  }
  const decide = (decision: 'keep' | 'reject') =>
    change(({ id }) => ({ id, decision }), decisionWord(decision));
  function tag(text: string): void {
    const word = tagOf(text);
    if (word === null) return;
    change(({ id }) => ({ id, note: withTag(decisions.of(id).note ?? '', word) }), `tagged ${word}`);
  }
  function toKit(): void {
    const words = `${counted(picked.get().length, 'texture')} to the kit`;
    history.together(words, () => picked.get().forEach(parts.toKit));
    announce(words);
  }

  picked.watch(showPicked);
  byId('many-keep').addEventListener('click', () => decide('keep'));
  byId('many-reject').addEventListener('click', () => decide('reject'));
  byId('many-kit').addEventListener('click', toKit);
  byId('many-none').addEventListener('click', () => picked.set([]));
  const field = byId<HTMLInputElement>('many-tag');
  field.addEventListener('change', () => {
    tag(field.value);
    field.value = '';
  });
  return {
    picked,
    add,
    toggle,
    click(texture) {
      const { shift, control } = heldKeys();
      if (control) toggle(texture);
      else if (shift) add(between(parts.selected(), texture, parts.shown()));
      return shift || control;
    },
  };
}

/** A tag is a word of the note, so that search finds it and `curation.json` keeps it. @returns null where it is empty */
function tagOf(text: string): string | null {
  const word = text.trim().replace(/^#+/, '').replaceAll(/\s+/g, '-');
  return word === '' ? null : `#${word}`;
}

function withTag(note: string, tag: string): string {
  return note.split(/\s+/).includes(tag) ? note : `${note} ${tag}`.trim();
}

/** From one to another, both with them; the other alone where the one is not shown. */
function between(from: Texture | null, to: Texture, shown: readonly Texture[]): readonly Texture[] {
  const places = [from, to].map((one) => shown.findIndex(({ id }) => id === one?.id));
  if (places.includes(-1)) return [to];
  return shown.slice(Math.min(...places), Math.max(...places) + 1);
}

/** Keys that were held at the last click. */
function followHeldKeys(): () => { readonly shift: boolean; readonly control: boolean } {
  let held = { shift: false, control: false };
  document.addEventListener(
    'click',
    ({ shiftKey, ctrlKey, metaKey }) => {
      held = { shift: shiftKey, control: ctrlKey || metaKey };
    },
    { capture: true },
  );
  return () => held;
}

/** Names that are written out. */
const MOST_NAMES = 6;

function showPicked(all: readonly Texture[]): void {
  byId('many').hidden = all.length === 0;
  const names = all.slice(0, MOST_NAMES).map(({ title }) => title);
  const more = all.length - names.length;
  byId('many-names').textContent =
    `${all.length} picked: ${names.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}`;
}
