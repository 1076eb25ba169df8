import { square } from '../dsp/maths.ts';
import { correlationOf, stereoCovariance } from '../dsp/stereo.ts';

/** What is wrong with a stereo source as a whole: a channel without sound, or one that is the other turned upside down. */
export type StereoFault = 'left silent' | 'right silent' | 'inverted';

/** A channel 60 dB under the other is nothing but noise or crosstalk. */
const SILENT_RATIO = 1e-6;
/** Wide music correlates at 0 to 0.5, mono that has one channel inverted at -1; what is wide on purpose hardly goes below -0.5. */
const INVERTED = -0.9;

export interface SideMeter {
  /** @param offset index of the first sample, @param count samples */
  add(channels: readonly Float32Array[], offset: number, count: number): void;
  /** @param dc mean of each channel over all that was added; null for what is in order, or not stereo */
  finish(dc: readonly number[]): StereoFault | null;
}

/** Compares the two channels of a source over its whole length, their offsets aside. */
export function createSideMeter(channelCount: number): SideMeter {
  let [left, right, both, frames] = [0, 0, 0, 0];
  return {
    add(channels, offset, count) {
      if (channelCount !== 2) return;
      const sums = stereoCovariance(channels[0], channels[1], offset, offset + count);
      left += sums.left;
      right += sums.right;
      both += sums.both;
      frames += count;
    },
    finish([dcLeft, dcRight]) {
      if (channelCount !== 2) return null;
      const centred = {
        left: Math.max(0, left - frames * square(dcLeft)),
        right: Math.max(0, right - frames * square(dcRight)),
        both: both - frames * dcLeft * dcRight,
      };
      if (centred.left === 0 && centred.right === 0) return null;
      if (centred.left <= SILENT_RATIO * centred.right) return 'left silent';
      if (centred.right <= SILENT_RATIO * centred.left) return 'right silent';
      return correlationOf(centred) < INVERTED ? 'inverted' : null;
    },
  };
}
