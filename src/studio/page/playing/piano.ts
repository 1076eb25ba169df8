/** The keyboard as a piano on the selected texture. */
import { announce, byId } from '../../../report/page/element.ts';
import type { HeldVoices } from '../sound/held-voices.ts';
import type { Voice } from '../sound/voice.ts';
import { noteOf } from '../state/words.ts';
import { createPianoKeys, KEYS, nameKeys, showDown } from './piano-keys.ts';

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
  /** A note that comes from elsewhere: its key is shown down where it is in sight. */
  showNote(note: number, isDown: boolean): void;
}

/** @param start sounds a note, a MIDI note's number; null where there is nothing to sound */
export function createPiano(voices: HeldVoices, start: (note: number) => Promise<Voice | null>): Piano {
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
    else if (voices.start(code, () => start(octave + KEYS[code]))) showDown(code, true);
    return true;
  }
  function release(code: string): void {
    voices.end(code);
    showDown(code, false);
  }

  createPianoKeys({ press, release });
  byId('octave-down').addEventListener('click', () => move(-12));
  byId('octave-up').addEventListener('click', () => move(12));
  return {
    press,
    release,
    showNote(note, isDown) {
      const key = Object.entries(KEYS).find(([, step]) => octave + step === note);
      if (key) showDown(key[0], isDown);
    },
    isOpen: () => isOpen,
    toggle() {
      isOpen = !isOpen;
      byId('piano').hidden = !isOpen;
      byId('piano-toggle').setAttribute('aria-pressed', String(isOpen));
      if (!isOpen) for (const code of Object.keys(KEYS)) release(code);
      nameKeys(octave, root);
    },
    setRoot(note) {
      root = note;
      octave = note === null ? MIDDLE_C : note - (note % 12);
      nameKeys(octave, root);
    },
  };
}
