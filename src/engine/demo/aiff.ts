import { frameCount, type Sound } from '../../dsp/sound.ts';
import { commonChunk, soundChunk, writeAiff } from '../../formats/aiff-writer.ts';

/** A plain AIFF file, 24-bit big-endian PCM, for the demo to have a source that is no WAV. */
export function aiff24({ sampleRate, channels }: Sound): Uint8Array {
  const frames = frameCount({ sampleRate, channels });
  const { chunk, data } = soundChunk(frames * channels.length * 3);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      const value = Math.max(-8388608, Math.min(8388607, Math.round(channel[frame] * 8388608)));
      data.setUint8(at, (value >> 16) & 0xff);
      data.setUint16(at + 1, value & 0xffff);
      at += 3;
    }
  }
  const facts = { channelCount: channels.length, frames, bitDepth: 24, sampleRate };
  return writeAiff('AIFF', [commonChunk(facts), chunk]);
}
