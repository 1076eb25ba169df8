/** Plays one texture at a time; from one to the next the level goes over within 20 ms, so nothing clicks. */

const FADE_SEC = 0.02;

interface Voice {
  readonly source: AudioBufferSourceNode;
  readonly gain: GainNode;
  readonly startedAt: number;
}

export interface Player {
  /**
   * Plays from the beginning, instead of what sounds.
   * @param channelsAt gives the sound at the rate of the machine's output; null where there is none
   * @returns whether there was a sound to play
   */
  play(channelsAt: (rate: number) => readonly Float32Array[] | null, isLoop: boolean): boolean;
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
    if (!voice || !context) return;
    const { source, gain } = voice;
    const end = context.currentTime + FADE_SEC;
    gain.gain.setValueAtTime(1, context.currentTime);
    gain.gain.linearRampToValueAtTime(0, end);
    source.stop(end);
    voice = null;
  }

  return {
    stop,
    isPlaying: () => voice !== null,
    position() {
      if (!voice || !context) return 0;
      const duration = voice.source.buffer?.duration ?? 1;
      const heard = Math.max(0, context.currentTime - voice.startedAt) / duration;
      return voice.source.loop ? heard % 1 : Math.min(1, heard);
    },
    play(channelsAt, isLoop) {
      context ??= new AudioContext();
      void context.resume();
      const channels = channelsAt(context.sampleRate);
      if (!channels) return false;
      stop();
      const started = startVoice(context, channels, isLoop);
      started.source.onended = () => {
        started.gain.disconnect();
        if (voice !== started) return;
        voice = null;
        onEnd();
      };
      voice = started;
      return true;
    },
  };
}

/** The buffer has the output's own rate, so a loop of all of it is exact to the sample. */
function startVoice(context: AudioContext, channels: readonly Float32Array[], isLoop: boolean): Voice {
  const buffer = context.createBuffer(channels.length, channels[0].length, context.sampleRate);
  for (const [index, channel] of channels.entries()) buffer.getChannelData(index).set(channel);
  const source = new AudioBufferSourceNode(context, { buffer, loop: isLoop });
  const gain = new GainNode(context, { gain: 0 });
  const now = context.currentTime;
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(1, now + FADE_SEC);
  source.connect(gain).connect(context.destination);
  source.start(now);
  return { source, gain, startedAt: now };
}
