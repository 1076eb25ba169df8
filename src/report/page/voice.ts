/** One sound sounding: of the page's own samples, or of a file beside it. It comes and goes within 20 ms, so nothing clicks. */

const FADE_SEC = 0.02;
/** Between two steps of a file's level, ms. */
const STEP_MS = 4;

export interface Voice {
  stop(): void;
  /** Where it is, 0 to 1 of the sound. */
  position(): number;
}

/**
 * The buffer has the output's own rate, so a loop of all of it is exact to the sample.
 * @param onEnd called once it is silent, by itself or stopped
 */
export function startSamples(
  context: AudioContext,
  channels: readonly Float32Array[],
  isLoop: boolean,
  onEnd: () => void,
): Voice {
  const buffer = context.createBuffer(channels.length, channels[0].length, context.sampleRate);
  for (const [index, channel] of channels.entries()) buffer.getChannelData(index).set(channel);
  const source = new AudioBufferSourceNode(context, { buffer, loop: isLoop });
  const gain = new GainNode(context, { gain: 0 });
  const begun = context.currentTime;
  gain.gain.setValueAtTime(0, begun);
  gain.gain.linearRampToValueAtTime(1, begun + FADE_SEC);
  source.connect(gain).connect(context.destination);
  source.onended = () => {
    gain.disconnect();
    onEnd();
  };
  source.start(begun);
  return {
    stop() {
      const end = context.currentTime + FADE_SEC;
      gain.gain.setValueAtTime(1, context.currentTime);
      gain.gain.linearRampToValueAtTime(0, end);
      source.stop(end);
    },
    position() {
      const played = Math.max(0, context.currentTime - begun) / buffer.duration;
      return isLoop ? played % 1 : Math.min(1, played);
    },
  };
}

/**
 * A page from a disk may play a file, but not read its samples, so the browser itself takes a loop round, and may leave a gap.
 * @param onEnd called once it is silent by itself
 * @param onFailed called where there is no such file, or the browser does not play it
 */
export function startFile(address: string, isLoop: boolean, onEnd: () => void, onFailed: () => void): Voice {
  const audio = new Audio(address);
  audio.loop = isLoop;
  audio.addEventListener('ended', onEnd);
  audio.play().catch((error: DOMException) => {
    // Stopped before it began.
    if (error.name !== 'AbortError') onFailed();
  });
  return {
    stop() {
      const fade = window.setInterval(() => {
        audio.volume = Math.max(0, audio.volume - STEP_MS / (1000 * FADE_SEC));
        if (audio.volume > 0) return;
        window.clearInterval(fade);
        audio.pause();
      }, STEP_MS);
    },
    position: () => (audio.duration > 0 ? audio.currentTime / audio.duration : 0),
  };
}
