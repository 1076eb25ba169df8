/** A ring brought to the colour of its source, by gains that stay the same all round. */
import { pow } from '../../dsp/maths.ts';
import { RingFrames } from '../../dsp/ring-frames.ts';
import type { Sound } from '../../dsp/sound.ts';
import { BAND_COUNT, bandPlaceOf, type LogMelFrames } from '../../loops/log-mel.ts';
import { meanDifference } from '../shared/mean-difference.ts';
import { type Colours, coloursOf } from './colours.ts';

/** A colour that is off by no more than this on average is left as it is, dB a band. */
const FREE_DB = 0.7;
/** A band is brought back by at most so much, dB: what a source lacks would else be raised out of its noise. */
export const MOST_DB = 12;
/** Beyond what both ways to tell a colour ask for, dB each time. With 2 a plucked chord of 10 s is 3.2 dB off. */
const DOUBTFUL_DB = 3;
const FRAME_SEC = 0.046;
/** As few as windows allow: gains that never change leave no frame unlike its neighbours. */
const OVERLAP = 2;
const BANDS = 32;
/** One of so many frames is looked at: they lie four over one another. */
const LOOKED_AT = 4;

/**
 * What each band of `log-mel.ts` lacks of its source's colour, dB; null where that is hardly anything. It is told by mean powers,
 * and hardly goes beyond what both ways to tell it ask for: where a source is empty but for its strikes, their power is no colour
 * that a bed without them could have.
 * @param frames of each channel
 * @param wanted the source's
 */
export function lackOfColour(frames: readonly LogMelFrames[], wanted: Colours): Float64Array | null {
  const rows: Float32Array[] = [];
  for (const { count, levels } of frames) {
    for (let frame = 0; frame < count; frame += LOOKED_AT) {
      rows.push(levels.subarray(frame * BAND_COUNT, (frame + 1) * BAND_COUNT));
    }
  }
  const own = coloursOf(rows, BAND_COUNT);
  if (meanDifference(own.mean, wanted.mean) <= FREE_DB) return null;
  const steady = differences(wanted.steady, own.steady);
  return differences(wanted.mean, own.mean).map((lack, band) => {
    const agreed = lack * steady[band] > 0 ? Math.abs(steady[band]) : 0;
    return Math.sign(lack) * Math.min(Math.abs(lack), agreed + DOUBTFUL_DB, MOST_DB);
  });
}

/** What one has more than another, about the median of all: what a few bands lack by far moves no others. */
function differences(one: Float64Array, other: Float64Array): Float64Array {
  const found = one.map((level, band) => level - other[band]);
  const median = found.toSorted()[found.length >> 1];
  return found.map((difference) => difference - median);
}

/** @param lack of each band, dB @param ring changed in place */
export function restoreColour({ channels, sampleRate }: Sound, lack: Float64Array): void {
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  const gains = frames.centresHz.map((hertz) => {
    const place = bandPlaceOf(hertz, sampleRate);
    const below = Math.min(BAND_COUNT - 2, Math.floor(place));
    const missing = lack[below] + (place - below) * (lack[below + 1] - lack[below]);
    return new Float32Array(frames.count).fill(pow(10, missing / 20));
  });
  frames.applyTo(channels, gains);
}
