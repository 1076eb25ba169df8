import { log2, pow } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';

/**
 * A plain AIFF file (Audio Interchange File Format 1.3, Apple 1989), 24-bit big-endian PCM, for the demo
 * to have a source that is no WAV. The engine itself only writes WAV.
 */
export function aiff24(sound: Sound): Uint8Array {
  const channels = sound.channels.length;
  const frames = frameCount(sound);
  const dataBytes = frames * channels * 3;
  const bytes = new Uint8Array(54 + dataBytes + (dataBytes % 2));
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) => new TextEncoder().encodeInto(text, bytes.subarray(at));

  tag(0, 'FORM');
  view.setUint32(4, bytes.length - 8);
  tag(8, 'AIFFCOMM');
  view.setUint32(16, 18);
  view.setUint16(20, channels);
  view.setUint32(22, frames);
  view.setUint16(26, 24);
  writeExtended(view, 28, sound.sampleRate);
  tag(38, 'SSND');
  view.setUint32(42, 8 + dataBytes);

  let at = 54;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of sound.channels) {
      const value = Math.max(-8388608, Math.min(8388607, Math.round(channel[frame] * 8388608)));
      view.setUint8(at, (value >> 16) & 0xff);
      view.setUint16(at + 1, value & 0xffff);
      at += 3;
    }
  }
  return bytes;
}

/** A whole number as the 80-bit extended float of the COMM chunk: 15-bit exponent, explicit leading one. */
function writeExtended(view: DataView, at: number, value: number): void {
  const exponent = Math.floor(log2(value));
  view.setUint16(at, 16383 + exponent);
  view.setUint32(at + 2, Math.round(value * pow(2, 31 - exponent)));
  view.setUint32(at + 6, 0);
}
