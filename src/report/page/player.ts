/** Plays one texture at a time. */
import { startFile, startSamples, type Voice } from './voice.ts';

export interface Player {
  /**
   * Plays from the beginning, instead of what sounds.
   * @param channelsAt gives the sound at the rate of the machine's output; null where there is none
   * @returns whether there was a sound to play
   */
  play(channelsAt: (rate: number) => readonly Float32Array[] | null, isLoop: boolean): boolean;
  /**
   * Plays a file from the beginning, instead of what sounds.
   * @param onFailed called where there is none that the browser would play
   */
  playFile(address: string, isLoop: boolean, onFailed: () => void): void;
  stop(): void;
  isPlaying(): boolean;
  /** Where it is, 0 to 1 of the texture; 0 where nothing plays. */
  position(): number;
}

/** @param onEnd called when what does not loop has come to its end */
export function createPlayer(onEnd: () => void): Player {
  let context: AudioContext | null = null;
  let voice: Voice | null = null;

  function stop(): void {
    voice?.stop();
    voice = null;
  }

  /** @returns whether it was the one that plays */
  function end(ended: Voice): boolean {
    if (voice !== ended) return false;
    voice = null;
    onEnd();
    return true;
  }

  return {
    stop,
    isPlaying: () => voice !== null,
    position: () => voice?.position() ?? 0,
    play(channelsAt, isLoop) {
      context ??= new AudioContext();
      void context.resume();
      const channels = channelsAt(context.sampleRate);
      if (!channels) return false;
      stop();
      const started = startSamples(context, channels, isLoop, () => end(started));
      voice = started;
      return true;
    },
    playFile(address, isLoop, onFailed) {
      stop();
      const failed = () => {
        if (end(started)) onFailed();
      };
      const started = startFile(address, isLoop, () => end(started), failed);
      voice = started;
    },
  };
}
