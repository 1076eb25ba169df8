/** The keys of the piano as the page shows them. */
import { byId, element } from '../../../report/page/element.ts';
import { noteOf } from '../state/words.ts';

/** Where the keys lie on any layout of letters: the lower row is white, the upper one black; semitones from C. */
export const KEYS: Readonly<Record<string, number>> = {
  KeyA: 0,
  KeyW: 1,
  KeyS: 2,
  KeyE: 3,
  KeyD: 4,
  KeyF: 5,
  KeyT: 6,
  KeyG: 7,
  KeyY: 8,
  KeyH: 9,
  KeyU: 10,
  KeyJ: 11,
  KeyK: 12,
  KeyO: 13,
  KeyL: 14,
};
const BLACK = new Set([1, 3, 6, 8, 10, 13]);
/** How long a note lasts that was pressed without a pointer, ms. */
const NOTE_MS = 600;

interface KeyHandlers {
  press(code: string): void;
  release(code: string): void;
}

export function createPianoKeys({ press, release }: KeyHandlers): void {
  for (const [code, step] of Object.entries(KEYS)) {
    const key = element('button', {
      type: 'button',
      class: BLACK.has(step) ? 'black' : 'white',
      'data-code': code,
    });
    key.append(element('kbd', {}, code.slice(3).toLowerCase()), element('span', { class: 'note' }));
    key.addEventListener('pointerdown', () => press(code));
    for (const event of ['pointerup', 'pointerleave', 'pointercancel']) {
      key.addEventListener(event, () => release(code));
    }
    key.addEventListener('click', (event) => {
      // By a key or a screen reader: a note that ends by itself.
      if (event.detail !== 0) return;
      press(code);
      window.setTimeout(() => release(code), NOTE_MS);
    });
    byId('piano-keys').append(key);
  }
}

/** @param octave MIDI note of the lowest key @param root MIDI note of the texture; null where it has none */
export function nameKeys(octave: number, root: number | null): void {
  for (const key of byId('piano-keys').children) {
    const note = octave + KEYS[(key as HTMLElement).dataset.code!];
    key.setAttribute('aria-label', noteOf(note));
    key.querySelector('.note')!.textContent = noteOf(note);
    key.classList.toggle('root', note === root);
  }
}

export function showDown(code: string, isDown: boolean): void {
  byId('piano-keys').querySelector(`[data-code=${code}]`)?.classList.toggle('down', isDown);
}
