/** The keyboard as a piano on the texture at hand. */
import { byId, element } from '../../report/page/element.ts';
import type { Voice } from './voice.ts';
import { noteOf } from './words.ts';

/** Where the keys lie on any layout of letters: the lower row is white, the upper one black; semitones from C. */
const KEYS: Readonly<Record<string, number>> = {
  ...{ KeyA: 0, KeyW: 1, KeyS: 2, KeyE: 3, KeyD: 4, KeyF: 5, KeyT: 6, KeyG: 7, KeyY: 8, KeyH: 9, KeyU: 10 },
  ...{ KeyJ: 11, KeyK: 12, KeyO: 13, KeyL: 14 },
};
const BLACK = new Set([1, 3, 6, 8, 10, 13]);
const RELEASE_SEC = 0.12;
const MIDDLE_C = 60;

export interface Piano {
  isOpen(): boolean;
  toggle(): void;
  /** Begins where the root of what is at hand lies. */
  setRoot(note: number | null): void;
  /** @returns whether the key is one of the piano's */
  press(code: string): boolean;
  release(code: string): void;
  silence(): void;
}

/**
 * @param start sounds a note, a MIDI note's number; null where there is nothing to sound
 */
export function createPiano(
  start: (note: number) => Promise<Voice | null>,
  say: (words: string) => void,
): Piano {
  const voices = new Map<string, Promise<Voice | null>>();
  let octave = MIDDLE_C;
  let root: number | null = null;
  let isOpen = false;

  for (const [code, step] of Object.entries(KEYS)) {
    const key = element('button', {
      ...{ type: 'button', class: BLACK.has(step) ? 'black' : 'white', 'data-code': code },
    });
    key.append(element('kbd', {}, code.slice(3).toLowerCase()), element('span', { class: 'note' }));
    key.addEventListener('pointerdown', () => press(code));
    for (const event of ['pointerup', 'pointerleave', 'pointercancel'])
      key.addEventListener(event, () => release(code));
    key.addEventListener('click', (event) => {
      // By a key or a screen reader: a note that ends by itself.
      if (event.detail !== 0) return;
      press(code);
      window.setTimeout(() => release(code), 600);
    });
    byId('piano-keys').append(key);
  }
  byId('octave-down').addEventListener('click', () => move(-12));
  byId('octave-up').addEventListener('click', () => move(12));

  function name(): void {
    for (const key of byId('piano-keys').children) {
      const note = octave + KEYS[(key as HTMLElement).dataset.code!];
      key.setAttribute('aria-label', noteOf(note));
      key.querySelector('.note')!.textContent = noteOf(note);
      key.classList.toggle('root', note === root);
    }
  }

  function move(by: number): void {
    octave = Math.max(0, Math.min(108, octave + by));
    name();
    say(`piano from ${noteOf(octave)}`);
  }

  function press(code: string): boolean {
    if (code === 'KeyZ' || code === 'KeyX') {
      move(code === 'KeyZ' ? -12 : 12);
      return true;
    }
    if (!(code in KEYS)) return false;
    if (voices.has(code)) return true;
    voices.set(code, start(octave + KEYS[code]));
    light(code, true);
    return true;
  }

  function release(code: string): void {
    const voice = voices.get(code);
    voices.delete(code);
    light(code, false);
    void voice?.then((sounding) => sounding?.stop(RELEASE_SEC));
  }

  function light(code: string, isDown: boolean): void {
    byId('piano-keys').querySelector(`[data-code=${code}]`)?.classList.toggle('down', isDown);
  }

  function silence(): void {
    for (const code of voices.keys()) release(code);
  }

  return {
    press,
    release,
    silence,
    isOpen: () => isOpen,
    toggle() {
      isOpen = !isOpen;
      byId('piano').hidden = !isOpen;
      byId('piano-toggle').setAttribute('aria-pressed', String(isOpen));
      if (!isOpen) silence();
      name();
    },
    setRoot(note) {
      root = note;
      octave = note === null ? MIDDLE_C : note - (note % 12);
      name();
    },
  };
}
