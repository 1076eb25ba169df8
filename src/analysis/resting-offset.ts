import type { SoundReader } from '../dsp/sound.ts';

/** What keeps within so much of its peak, either way, is at rest: -60 dB. */
const RESTING_SHARE = 0.001;
/** For so long, s: within it a kick's lowest tone swings further. */
const RESTING_SEC = 0.005;

/**
 * The offset at which each channel of a short source comes to rest, which no wave can bend as it bends the mean; null
 * for a channel that nowhere does. Reads the whole source.
 */
export async function restingOffsets(reader: SoundReader): Promise<(number | null)[]> {
  const { channels } = await reader.read(0, reader.frameCount);
  const length = Math.ceil(RESTING_SEC * reader.sampleRate);
  return channels.map((channel) => {
    const [least, most] = rangeOf(channel, 0, channel.length);
    const bound = RESTING_SHARE * (most - least);
    let offset: number | null = null;
    let flattest = bound;
    for (let start = 0; start + length <= channel.length; start += length) {
      const [low, high] = rangeOf(channel, start, start + length);
      if (high - low > flattest) continue;
      flattest = high - low;
      offset = (low + high) / 2;
    }
    return offset;
  });
}

function rangeOf(samples: Float32Array, from: number, to: number): [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = from; n < to; n++) {
    if (samples[n] < least) least = samples[n];
    if (samples[n] > most) most = samples[n];
  }
  return [least, most];
}
