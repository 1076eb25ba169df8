import { butterworthHighPass } from '../dsp/butterworth.ts';
import { filter } from '../dsp/filter.ts';
import { addOffset } from '../dsp/levels.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Analysis } from './analysis.ts';
import { restingOffsets } from './resting-offset.ts';

/** An offset that moves by less than this, -60 dBFS, is as good as one that stands still. */
const STEADY = 0.001;
/** An offset that moves with the music is taken away by a high-pass under everything that can be heard. */
const CUTOFF_HZ = 10;
/** What is read before a range so that the filter has forgotten its start: it rings 190 dB down after 0.5 s. */
const LEAD_IN_SEC = 0.5;
/** A shorter source may be one hit, whose own wave bends its mean; the offset is where it comes to rest, s. */
const SHORT_SEC = 1;
/** The mean of less than this, s, says nothing where it comes to rest nowhere: a kick cut off early. */
const UNTOLD_SEC = 0.25;

/**
 * The sound without its offset (DC): each channel's mean taken away, and where the offset wanders, whatever
 * lies under 10 Hz; of a short source what it rests at. Ranges read the same wherever they start (to -140 dB).
 */
export function removeDrift(reader: SoundReader, analysis: Analysis): SoundReader {
  const { sampleRate, channelCount, frameCount } = reader;
  const whole = { sampleRate, channelCount, frameCount };
  const long = analysis.drift.some((offset) => Math.abs(offset) > STEADY)
    ? highPassed(reader, analysis)
    : shifted(reader, analysis.dc);
  if (frameCount >= SHORT_SEC * sampleRate) return { ...whole, read: long };
  let offsets: Promise<number[] | null> | undefined;
  return {
    ...whole,
    async read(start, count, lender) {
      offsets ??= shortly(reader, analysis.dc);
      const known = await offsets;
      return (known ? shifted(reader, known) : long)(start, count, lender);
    },
  };
}

type Read = SoundReader['read'];

/** The offset of each channel of a short source; null where it is found as that of a long one is. */
async function shortly(reader: SoundReader, means: readonly number[]): Promise<number[] | null> {
  const resting = await restingOffsets(reader);
  if (resting.some((offset) => offset !== null)) return resting.map((offset, c) => offset ?? means[c]);
  return reader.frameCount < UNTOLD_SEC * reader.sampleRate ? means.map(() => 0) : null;
}

function shifted(reader: SoundReader, offsets: readonly number[]): Read {
  return async (start, count, lender) => {
    const sound = await reader.read(start, count, lender);
    for (const [c, channel] of sound.channels.entries()) addOffset(channel, -offsets[c]);
    return sound;
  };
}

function highPassed(reader: SoundReader, { dc, drift, hop }: Analysis): Read {
  const sections = butterworthHighPass(2, CUTOFF_HZ, reader.sampleRate);
  const leadIn = Math.round(LEAD_IN_SEC * reader.sampleRate);
  return async (start, count, lender) => {
    const from = Math.max(0, start - leadIn);
    const { sampleRate, channels } = await reader.read(from, start - from + count, lender);
    // Begun on the offset at its start, so that this makes no step; the first sample may be a hit's.
    const beginning = drift[Math.min(Math.floor(from / hop), drift.length - 1)] ?? 0;
    for (const [c, channel] of channels.entries()) addOffset(channel, -(dc[c] + beginning));
    // What was read is the reader's to change.
    filter(channels, sections, channels);
    return { sampleRate, channels: channels.map((channel) => channel.subarray(start - from)) };
  };
}
