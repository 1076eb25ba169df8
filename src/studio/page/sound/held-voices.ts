/** Voices that sound as long as something is held: a key, a pad, or after those the pedal. */
import type { Voice } from './voice.ts';

/** Fade when a key is let go: long enough for no click and a piano-like end, short enough not to blur the next note. */
const RELEASE_SEC = 0.12;

export interface HeldVoices {
  /** @param name what is held @returns false where it is held already */
  start(name: string, begin: () => Promise<Voice | null>): boolean;
  /** It is let go; with the pedal down, it sounds on. */
  end(name: string): void;
  /** It is let go, and plays to its own end. */
  forget(name: string): void;
  pedal(isDown: boolean): void;
  silence(): void;
}

export function createHeldVoices(): HeldVoices {
  const held = new Map<string, Promise<Voice | null>>();
  /** Let go while the pedal was down. */
  let lasting: Promise<Voice | null>[] = [];
  let isPedalDown = false;

  function stop(voice: Promise<Voice | null>): void {
    void voice.then((sounding) => sounding?.stop(RELEASE_SEC));
  }
  function pedal(isDown: boolean): void {
    isPedalDown = isDown;
    if (isDown) return;
    lasting.forEach(stop);
    lasting = [];
  }
  return {
    pedal,
    start(name, begin) {
      if (held.has(name)) return false;
      held.set(name, begin());
      return true;
    },
    end(name) {
      const voice = held.get(name);
      held.delete(name);
      if (!voice) return;
      if (isPedalDown) lasting.push(voice);
      else stop(voice);
    },
    forget(name) {
      held.delete(name);
    },
    silence() {
      held.forEach(stop);
      held.clear();
      pedal(false);
    },
  };
}
