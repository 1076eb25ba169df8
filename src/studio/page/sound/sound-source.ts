/** What a voice is fed by: the samples of a file as they lie in it, or stretches of them at another rate. */
import type { Stretches } from './at-rate.ts';
import type { PageSound } from './wav.ts';

export interface SoundSource {
  /** @param at seconds of the context */
  stop(at: number): void;
}

/** When a source begins, and where in its sound, both on a sample. */
export interface Beginning {
  /** Seconds of the context. */
  readonly at: number;
  /** Frame of what is read. */
  readonly from: number;
}

/**
 * The samples of a file: a loop of all of it is exact to the sample.
 * @param onEnd called once it is silent, by itself or stopped
 */
export function startFile(
  to: AudioNode,
  sound: PageSound,
  isLoop: boolean,
  { at, from }: Beginning,
  onEnd: () => void,
): SoundSource {
  const node = new AudioBufferSourceNode(to.context, { buffer: bufferOf(to.context, sound), loop: isLoop });
  node.connect(to);
  node.onended = onEnd;
  node.start(at, from / sound.sampleRate);
  return { stop: (when) => node.stop(when) };
}

/** What is read before a stream begins: less than a millisecond's work, so that a key sounds at once. */
const FIRST_SEC = 0.25;
const STRETCH_SEC = 0.5;
/** So far ahead it is read: browsers let a page in the background do something once a second. */
const AHEAD_SEC = 2.5;
const LOOK_MS = 500;

/**
 * Stretches one behind the other, each beginning on the sample on which the one before ends; read a little ahead, so that a
 * loop of ten minutes played five octaves lower takes no memory.
 * @param onEnd called once it is silent, by itself or stopped
 */
export function startStream(
  to: AudioNode,
  stretches: Stretches,
  { at, from }: Beginning,
  onEnd: () => void,
): SoundSource {
  const { context } = to;
  const { sampleRate } = context;
  const first = Math.round(at * sampleRate);
  const sounding = new Map<AudioBufferSourceNode, number>();
  let frame = from;
  let isStopped = false;

  const timeOf = (next: number) => (first + next - from) / sampleRate;
  const isOver = () => isStopped || frame >= stretches.frameCount;
  function add(seconds: number): void {
    const count = Math.min(Math.round(seconds * sampleRate), stretches.frameCount - frame);
    const node = new AudioBufferSourceNode(context, {
      buffer: bufferOf(context, { sampleRate, channels: stretches.read(frame, count) }),
    });
    node.connect(to);
    node.onended = () => leave(node);
    node.start(timeOf(frame));
    sounding.set(node, timeOf(frame));
    frame += count;
  }
  function leave(node: AudioBufferSourceNode): void {
    if (!sounding.delete(node) || sounding.size > 0 || !isOver()) return;
    clearInterval(timer);
    onEnd();
  }
  function readAhead(): void {
    while (!isOver() && timeOf(frame) < context.currentTime + AHEAD_SEC) add(STRETCH_SEC);
  }

  const timer = setInterval(readAhead, LOOK_MS);
  add(FIRST_SEC);
  setTimeout(readAhead);
  return {
    stop(when) {
      isStopped = true;
      clearInterval(timer);
      for (const [node, begins] of sounding) {
        if (begins < when) node.stop(when);
        else {
          node.disconnect();
          sounding.delete(node);
        }
      }
      if (sounding.size === 0) onEnd();
    },
  };
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
