import { amplify } from '../dsp/levels.ts';
import { pow } from '../dsp/maths.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { stereoCovariance } from '../dsp/stereo.ts';
import type { Adaptation } from './adaptation.ts';

/**
 * How much softer than its channels their mean may be: those of a wide texture have nothing in common and lose 3 dB;
 * from here on they cancel each other, and something would be missing.
 */
const MOST_LOST_DB = 6;

/** A sound with as many channels as wanted, and how that was done; null where it had them. */
export interface ChannelFit {
  readonly sound: Sound;
  readonly adaptation: Adaptation | null;
}

/**
 * Brings a sound to one or two channels. What becomes mono keeps its level: the mean of both channels, made as loud as
 * they are, or, where they cancel each other, the louder one alone. What becomes stereo has the same on both sides.
 * @param sound mono or stereo
 */
export function fitChannels(sound: Sound, channelCount: 1 | 2): ChannelFit {
  const { sampleRate, channels } = sound;
  if (channels.length === channelCount) return { sound, adaptation: null };
  if (channelCount === 2) {
    const [only] = channels;
    return { sound: { sampleRate, channels: [only, only.slice()] }, adaptation: { code: 'mono-on-both' } };
  }
  const { left, right, both } = stereoCovariance(channels[0], channels[1]);
  const wanted = (left + right) / 2;
  const mean = (left + right + 2 * both) / 4;
  if (mean < wanted * pow(10, -MOST_LOST_DB / 10)) {
    const louder = left >= right ? 0 : 1;
    return {
      sound: { sampleRate, channels: [channels[louder].slice()] },
      adaptation: { code: 'one-channel', channel: louder === 0 ? 'left' : 'right' },
    };
  }
  const mixed = new Float32Array(frameCount(sound));
  for (let n = 0; n < mixed.length; n++) mixed[n] = (channels[0][n] + channels[1][n]) / 2;
  if (mean > 0) amplify(mixed, Math.sqrt(wanted / mean));
  return { sound: { sampleRate, channels: [mixed] }, adaptation: { code: 'mixed-to-mono' } };
}
