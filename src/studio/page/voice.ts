/** One sound sounding: it comes and goes within 20 ms, so nothing clicks. */
import type { PageSound } from './wav.ts';

/** Seconds in which a level goes over into another. */
export const FADE_SEC = 0.02;

export interface Voicing {
  /** The whole file goes round. */
  readonly isLoop: boolean;
  /** Factor. */
  readonly gain: number;
  /** Where it begins, seconds of its own; 0 by default. */
  readonly fromSec?: number;
  /** How fast it is read: 2 is an octave up; 1 by default. */
  readonly rate?: number;
  /** Seconds in which it comes; {@link FADE_SEC} by default. What begins at its own beginning needs none of it. */
  readonly fadeInSec?: number;
}

export interface Voice {
  /** Goes away within so many seconds; twice does no harm. */
  stop(fadeSec?: number): void;
  setGain(gain: number): void;
  /** Where it is, 0 to 1 of the sound. */
  position(): number;
}

/**
 * The buffer has the file's own rate: a loop of all of it is exact to the sample, and where the context runs at that rate,
 * too, the samples reach the output as they lie in the file.
 * @param onEnd called once it is silent, by itself or stopped
 */
export function startVoice(
  to: AudioNode,
  sound: PageSound,
  voicing: Voicing,
  onEnd: () => void = () => {},
): Voice {
  const { context } = to;
  const { isLoop, gain, fromSec = 0, rate = 1, fadeInSec = FADE_SEC } = voicing;
  const source = new AudioBufferSourceNode(context, {
    buffer: bufferOf(context, sound),
    loop: isLoop,
    playbackRate: rate,
  });
  const level = new GainNode(context, { gain: 0 });
  const begun = context.currentTime;
  level.gain.setValueAtTime(0, begun);
  level.gain.linearRampToValueAtTime(gain, begun + fadeInSec);
  source.connect(level).connect(to);
  source.onended = () => {
    level.disconnect();
    onEnd();
  };
  source.start(begun, fromSec);
  const duration = sound.channels[0].length / sound.sampleRate;
  let isStopped = false;
  return {
    stop(fadeSec = FADE_SEC) {
      if (isStopped) return;
      isStopped = true;
      glide(level.gain, 0, fadeSec, context.currentTime);
      source.stop(context.currentTime + fadeSec);
    },
    setGain: (next) => {
      if (!isStopped) glide(level.gain, next, FADE_SEC, context.currentTime);
    },
    position() {
      const heard = (fromSec + rate * Math.max(0, context.currentTime - begun)) / duration;
      return isLoop ? heard % 1 : Math.min(1, heard);
    },
  };
}

function glide(parameter: AudioParam, to: number, seconds: number, now: number): void {
  parameter.cancelAndHoldAtTime(now);
  parameter.linearRampToValueAtTime(to, now + seconds);
}

const buffers = new WeakMap<PageSound, AudioBuffer>();

/** Made once a sound: a buffer may sound in any number of voices. */
function bufferOf(context: BaseAudioContext, sound: PageSound): AudioBuffer {
  const made = buffers.get(sound);
  if (made) return made;
  const { channels, sampleRate } = sound;
  const buffer = context.createBuffer(channels.length, Math.max(1, channels[0].length), sampleRate);
  for (const [index, channel] of channels.entries()) buffer.copyToChannel(channel, index);
  buffers.set(sound, buffer);
  return buffer;
}
