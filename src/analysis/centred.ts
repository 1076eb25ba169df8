import { butterworthHighPass } from '../dsp/butterworth.ts';
import { filter } from '../dsp/filter.ts';
import { shift } from '../dsp/levels.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Analysis } from './analysis.ts';

/** An offset that moves by less than this, -60 dBFS, is as good as one that stands still. */
const STEADY = 0.001;
/** An offset that moves with the music is taken away by a high-pass under everything that can be heard. */
const CUTOFF_HZ = 10;
/** What is read before a range so that the filter has forgotten its start: it rings 190 dB down after 0.5 s. */
const LEAD_IN_SEC = 0.5;

/**
 * The sound without its offset (DC): each channel's mean taken away, and where the offset wanders, whatever
 * lies under 10 Hz. Ranges read the same wherever they start (to -140 dB).
 */
export function centred(reader: SoundReader, { dc, drift }: Analysis): SoundReader {
  const wanders = drift.some((offset) => Math.abs(offset) > STEADY);
  const sections = butterworthHighPass(2, CUTOFF_HZ, reader.sampleRate);
  const leadIn = wanders ? Math.round(LEAD_IN_SEC * reader.sampleRate) : 0;
  return {
    sampleRate: reader.sampleRate,
    channelCount: reader.channelCount,
    frameCount: reader.frameCount,
    async read(start, count) {
      const from = Math.max(0, start - leadIn);
      const { sampleRate, channels } = await reader.read(from, start - from + count);
      // Begun on the value it starts with, so that an offset at the very start makes no step.
      for (const [c, channel] of channels.entries()) shift(channel, -(wanders ? (channel[0] ?? 0) : dc[c]));
      if (!wanders) return { sampleRate, channels };
      const filtered = filter(channels, sections);
      return { sampleRate, channels: filtered.map((channel) => channel.subarray(start - from)) };
    },
  };
}
