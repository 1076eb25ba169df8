/** A ring brought to the colour of its source, by gains that stay the same all round. */
import { pow } from '../../dsp/maths.ts';
import { RingFrames } from '../../dsp/ring-frames.ts';
import type { Sound } from '../../dsp/sound.ts';
import { BAND_COUNT, bandPlaceOf, logMelFrames } from '../../loops/log-mel.ts';
import { meanDifference } from '../shared/mean-difference.ts';
import { colourIn } from './reference.ts';

/** A colour that is off by no more than this on average is left as it is, dB a band. */
const FREE_DB = 0.7;
/** A band is brought back by at most so much, dB: what a source lacks would else be raised out of its noise. */
const MOST_DB = 12;
const FRAME_SEC = 0.046;
const OVERLAP = 4;
const BANDS = 32;

/** @param colour levels of the bands of `log-mel.ts`, dB about their mean @param ring changed in place */
export function restoreColour({ channels, sampleRate }: Sound, colour: Float64Array): void {
  const own = colourOfRing(channels, sampleRate);
  if (meanDifference(own, colour) <= FREE_DB) return;
  const frames = new RingFrames(channels[0].length, sampleRate, FRAME_SEC, OVERLAP, BANDS);
  const gains = frames.centresHz.map((hertz) => {
    const place = bandPlaceOf(hertz, sampleRate);
    const below = Math.min(BAND_COUNT - 2, Math.floor(place));
    const off = (band: number) => colour[band] - own[band];
    const missing = off(below) + (place - below) * (off(below + 1) - off(below));
    const gain = pow(10, Math.max(-MOST_DB, Math.min(MOST_DB, missing)) / 20);
    return new Float32Array(frames.count).fill(gain);
  });
  frames.applyTo(channels, gains);
}

/** Mean power of each band over all channels, dB about the mean of all. */
function colourOfRing(channels: readonly Float32Array[], sampleRate: number): Float64Array {
  const { levels } = logMelFrames(channels, sampleRate, { circular: true, rangeDb: 100 });
  const powers = new Float64Array(BAND_COUNT);
  for (let i = 0; i < levels.length; i++) powers[i % BAND_COUNT] += pow(10, levels[i] / 10);
  return colourIn(powers);
}
