/** One sound sounding: it comes and goes within 20 ms, so nothing clicks. */
import { stretchesOf } from './at-rate.ts';
import { type SoundSource, startFile, startStream } from './sound-source.ts';
import type { PageSound } from './wav.ts';

/** Seconds in which a level goes over into another. */
const FADE_SEC = 0.02;

/** What is begun or changed, begins so much later, seconds: by then a change is not in the past, where it would be a step. */
export const LEAD_SEC = 0.008;

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
 * At the context's own rate a file's samples reach the output as they lie in it; all else is brought to that rate by the
 * engine's resampler, loops round their ends.
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
  const level = new GainNode(context, { gain: 0 });
  const begun = soonIn(context);
  const glide = createGlide(level.gain, begun, gain, fadeInSec);
  level.connect(to);
  const source = startSource(level, sound, voicing, begun, () => {
    level.disconnect();
    onEnd();
  });
  const duration = sound.channels[0].length / sound.sampleRate;
  let isStopped = false;
  return {
    stop(fadeSec = FADE_SEC) {
      if (isStopped) return;
      isStopped = true;
      source?.stop(glide(0, fadeSec, soonIn(context)));
    },
    setGain: (next) => {
      if (!isStopped) glide(next, FADE_SEC, soonIn(context));
    },
    position() {
      const played = (fromSec + rate * Math.max(0, context.currentTime - begun)) / duration;
      return isLoop ? played % 1 : Math.min(1, played);
    },
  };
}

/** @returns null where the note lies too far from the sound's own pitch; it is silent then */
function startSource(
  to: AudioNode,
  sound: PageSound,
  { isLoop, fromSec = 0, rate = 1 }: Voicing,
  at: number,
  onEnd: () => void,
): SoundSource | null {
  const toRate = to.context.sampleRate;
  if (rate === 1 && sound.sampleRate === toRate) {
    return startFile(to, sound, isLoop, { at, from: Math.round(fromSec * toRate) }, onEnd);
  }
  const stretches = stretchesOf(sound, { isLoop, speed: rate, toRate });
  const from = Math.round((fromSec / rate) * toRate);
  return stretches && startStream(to, stretches, { at, from }, onEnd);
}

/** On a sample of the output: between two, all that follows would be read between its samples. */
function soonIn({ currentTime, sampleRate }: BaseAudioContext): number {
  return Math.round((currentTime + LEAD_SEC) * sampleRate) / sampleRate;
}

/**
 * A level that goes from wherever it is to wherever it is to be, in a straight line. Where it is, is computed: to hold a
 * parameter (`cancelAndHoldAtTime`) holds nothing once its ramp is over, and the next ramp would begin back there.
 * @returns what sends it elsewhere, and gives when it will be there
 */
function createGlide(parameter: AudioParam, start: number, first: number, seconds: number) {
  let line = { start, end: start + seconds, from: 0, to: first };
  parameter.setValueAtTime(0, start);
  parameter.linearRampToValueAtTime(first, line.end);
  return (to: number, duration: number, at: number): number => {
    const part = Math.max(0, Math.min(1, (at - line.start) / (line.end - line.start)));
    const from = line.from + part * (line.to - line.from);
    line = { start: at, end: at + duration, from, to };
    parameter.cancelScheduledValues(at);
    parameter.linearRampToValueAtTime(from, at);
    parameter.linearRampToValueAtTime(to, line.end);
    return line.end;
  };
}
