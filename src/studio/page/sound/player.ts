/** The voices: what sounds on its own, and what is added to it. */

import { createSignal, type Signal } from '../state/signal.ts';
import type { Output } from './output.ts';
import { startVoice, type Voice, type Voicing } from './voice.ts';
import type { PageSound } from './wav.ts';

/** What sounds on its own; layers and notes go beside it. */
interface Sounding {
  readonly id: string;
  /** `place`: where it was found, in its song; `song`: the whole of that. */
  readonly what: 'texture' | 'place' | 'song';
}

export interface Player {
  readonly sounding: Signal<Sounding | null>;
  /** Instead of what sounds; from one to the next the level goes over within 20 ms. */
  play(as: Sounding, sound: PageSound, voicing: Voicing): void;
  stop(): void;
  /** Beside what sounds; the caller stops it. */
  add(sound: PageSound, voicing: Voicing, onEnd?: () => void): Voice;
  /** Level of what sounds. */
  setGain(gain: number): void;
  /** Where what sounds is, 0 to 1; 0 where nothing does. */
  position(): number;
}

export function createPlayer(output: Output): Player {
  const sounding = createSignal<Sounding | null>(null);
  let voice: Voice | null = null;

  return {
    sounding,
    play(as, sound, voicing) {
      output.wake();
      voice?.stop();
      const begun = startVoice(output.bus(), sound, voicing, () => {
        if (voice !== begun) return;
        voice = null;
        sounding.set(null);
      });
      voice = begun;
      sounding.set(as);
    },
    stop() {
      voice?.stop();
      voice = null;
      if (sounding.get()) sounding.set(null);
    },
    add(sound, voicing, onEnd) {
      output.wake();
      return startVoice(output.bus(), sound, voicing, onEnd);
    },
    setGain: (gain) => voice?.setGain(gain),
    position: () => voice?.position() ?? 0,
  };
}
