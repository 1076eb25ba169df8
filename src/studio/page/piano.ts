/** The keyboard as a piano on the selected texture. */
import { announce, byId } from '../../report/page/element.ts';
import { createPianoKeys, KEYS, nameKeys, showDown } from './piano-keys.ts';
import type { Voice } from './voice.ts';
import { noteOf } from './words.ts';

/** Fade when a key is let go: long enough for no click and a piano-like end, short enough not to blur the next note. */
const RELEASE_SEC = 0.12;
/** MIDI note. */
const MIDDLE_C = 60;
/** Codes of the keys that move it by octaves. */
const OCTAVE_KEYS: Readonly<Record<string, number>> = { KeyZ: -12, KeyX: 12 };

export interface Piano {
  isOpen(): boolean;
  toggle(): void;
  /** Begins where the root of the texture lies. */
  setRoot(note: number | null): void;
  /** @returns whether the key is one of the piano's */
  press(code: string): boolean;
  release(code: string): void;
  silence(): void;
}

/** @param start sounds a note, a MIDI note's number; null where there is nothing to sound */
export function createPiano(start: (note: number) => Promise<Voice | null>): Piano {
  const voices = new Map<string, Promise<Voice | null>>();
  let octave = MIDDLE_C;
  let root: number | null = null;
  let isOpen = false;

  function move(by: number): void {
    octave = Math.max(0, Math.min(108, octave + by));
    nameKeys(octave, root);
    announce(`piano from ${noteOf(octave)}`);
  }
  function press(code: string): boolean {
    if (code in OCTAVE_KEYS) move(OCTAVE_KEYS[code]);
    else if (!(code in KEYS)) return false;
    else if (!voices.has(code)) {
      voices.set(code, start(octave + KEYS[code]));
      showDown(code, true);
    }
    return true;
  }
  function release(code: string): void {
    const voice = voices.get(code);
    voices.delete(code);
    showDown(code, false);
    void voice?.then((sounding) => sounding?.stop(RELEASE_SEC));
  }
  function silence(): void {
    for (const code of voices.keys()) release(code);
  }

  createPianoKeys({ press, release });
  byId('octave-down').addEventListener('click', () => move(-12));
  byId('octave-up').addEventListener('click', () => move(12));
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
      nameKeys(octave, root);
    },
    setRoot(note) {
      root = note;
      octave = note === null ? MIDDLE_C : note - (note % 12);
      nameKeys(octave, root);
    },
  };
}
