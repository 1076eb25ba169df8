import { describe, expect, it } from 'vitest';
import { butterworthHighPass } from '../../src/dsp/butterworth.ts';
import { filterZeroPhase } from '../../src/dsp/filter.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { blendSides, splitRegion, withFade } from '../../src/loops/band-crossfade.ts';
import { risingCurve } from '../../src/loops/crossfade.ts';
import { decibels, mixed, noise, RATE, rms, sines } from '../signals.ts';
import { closeWithOneCorrelation } from './single-crossfade.ts';

const treble = (samples: Float32Array) => filterZeroPhase([samples], butterworthHighPass(4, 5000, RATE))[0];
const tone = sines([100, 200, 300], 4 * RATE, 0.2);
/** A chord that comes back in phase after a second, under a treble that does not. */
const music = mixed(tone, treble(noise(4 * RATE, 0.3)));
const fade = 22_050;

/** Level of the treble in the middle of the fade against the rest of the loop, dB. */
const trebleDip = (loop: Float32Array) => {
  const high = treble(loop);
  const middle = RATE - fade / 2;
  return decibels(rms(high, middle - 2205, middle + 2205) / rms(high, 2000, RATE - fade));
};

/** A second of sound from the first one on, its end blended into what led up to its start. */
function closedInBands(sound: Sound): Sound {
  const [start, end] = [RATE, 2 * RATE];
  const sides = {
    incoming: splitRegion(sound, start - fade, start),
    incomingEnd: start,
    outgoing: splitRegion(sound, end - fade, end),
    outgoingEnd: end,
  };
  return withFade(sound, start, end - start, blendSides(sides, risingCurve(fade)));
}

describe('a crossfade in bands', () => {
  const sound = { sampleRate: RATE, channels: [music] };

  it('keeps the treble even where only the bass runs in phase', () => {
    expect(trebleDip(closeWithOneCorrelation(sound, RATE, RATE, fade, 0.95).channels[0])).toBeLessThan(-2);
    expect(Math.abs(trebleDip(closedInBands(sound).channels[0]))).toBeLessThan(0.6);
  });

  it('leaves a tone as it is where both sides are in phase', () => {
    const loop = closedInBands({ sampleRate: RATE, channels: [tone] }).channels[0];
    const change = loop.map((sample, n) => sample - tone[RATE + n]);
    expect(decibels(rms(change) / rms(tone))).toBeLessThan(-80);
  });

  it('ends where the music led up to the start, and leaves the body alone', () => {
    const [loop] = closedInBands(sound).channels;
    expect(Math.abs(loop[RATE - 1] - music[RATE - 1])).toBeLessThan(0.01);
    expect(loop.slice(0, RATE - fade).every((x, n) => x === music[RATE + n])).toBe(true);
  });
});
