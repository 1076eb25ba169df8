import { describe, expect, it } from 'vitest';
import { EnergyTrack } from '../../src/loops/energy.ts';
import { placeWrap } from '../../src/loops/place-wrap.ts';
import { seamFaults, seamSeverity } from '../../src/loops/seam.ts';
import { crossfadeLevel, measureSeam, seamMeter } from '../../src/loops/seam-meter.ts';
import { noise, RATE, rotated, sines } from '../signals.ts';
import { closeWithOneCorrelation } from './single-crossfade.ts';

/** One second whose partials make whole cycles: a perfect ring. */
const ring = sines([110, 220, 331, 447], RATE, 0.1);
const stereo = (left: Float32Array, right: Float32Array) => ({ sampleRate: RATE, channels: [left, right] });

describe('measureSeam', () => {
  it('finds nothing at the seam of a ring, however it is turned', () => {
    for (const turn of [0, 1000, 17_000, 40_001]) {
      const seam = measureSeam({ sampleRate: RATE, channels: [rotated(ring, turn)] }, null);
      expect(seam.step).toBeLessThan(4);
      expect(Math.abs(seam.levelDb)).toBeLessThan(1.5);
      expect(seam.flux).toBeLessThan(1.1);
    }
  });

  it('hears a cut that does not meet', () => {
    const cut = sines([110.4, 220.7, 331.3], RATE, 0.1);
    const faults = seamFaults(measureSeam({ sampleRate: RATE, channels: [cut] }, null));
    expect(faults.map(({ code }) => code).join()).toMatch(/jump|flux/);
  });

  it('hears a fault in one channel only', () => {
    const broken = ring.slice();
    broken.fill(0, RATE - 2000);
    expect(seamSeverity(measureSeam(stereo(ring, ring), null))).toBeLessThan(
      seamSeverity(measureSeam(stereo(ring, broken), null)),
    );
    expect(seamFaults(measureSeam(stereo(ring, broken), null))).not.toEqual([]);
  });

  it('hears cancellation in the middle of a crossfade', () => {
    const tone = sines([441], 3 * RATE, 0.4);
    const sound = { sampleRate: RATE, channels: [tone] };
    // Half a period off: the two sides are opposed; gains for unrelated sides leave a hole.
    const opposed = closeWithOneCorrelation(sound, RATE, RATE + 50, 8820, 0);
    expect(measureSeam(opposed, { start: RATE + 50 - 8820, length: 8820 }).levelDb).toBeLessThan(-6);
    const matched = closeWithOneCorrelation(sound, RATE, RATE, 8820, 1);
    expect(Math.abs(measureSeam(matched, { start: RATE - 8820, length: 8820 }).levelDb)).toBeLessThan(0.2);
  });

  it('hears a click inside a long crossfade', () => {
    const hiss = noise(2 * RATE, 0.05);
    const loop = sines([220, 277, 330], 2 * RATE, 0.1).map((sample, n) => sample + hiss[n]);
    const crossfade = { start: RATE, length: RATE / 2 };
    // Turned to wrap calmly, so that nothing but the crossfade is heard.
    const flux = (channel: Float32Array) =>
      placeWrap({ sampleRate: RATE, channels: [channel] }, crossfade).seam.flux;
    expect(flux(loop)).toBeLessThan(1.1);
    const clicked = loop.slice();
    for (let n = 0; n < 40; n++) clicked[Math.round(1.25 * RATE) + n] += n % 8 < 4 ? 0.5 : -0.5;
    expect(flux(clicked)).toBeGreaterThan(1.1);
  });

  it('tells the level of a crossfade beforehand', () => {
    const crossfade = { start: RATE / 2, length: RATE / 10 };
    for (const gain of [1, 1.3, 0.6]) {
      const faded = ring.map((x, n) => (n >= RATE / 2 && n < 0.6 * RATE ? gain * x : x));
      const sound = stereo(ring, faded);
      const foreseen = crossfadeLevel(sound, crossfade, new EnergyTrack(sound));
      const { levelDb } = measureSeam(sound, crossfade);
      if (gain === 1) expect(Math.abs(levelDb)).toBeGreaterThanOrEqual(Math.abs(foreseen));
      else expect(levelDb).toBe(foreseen);
    }
  });

  it('stops listening to a wrap that is worse than asked, and else tells the same', () => {
    const cut = sines([110.4, 220.7, 331.3], RATE, 0.1);
    const sound = stereo(cut, rotated(cut, 100));
    const meter = seamMeter(sound, null, new EnergyTrack(sound));
    for (const start of [0, 1, 700, 22_050, RATE - 100]) {
      const parts = meter.at(start);
      expect(meter.at(start, 1.001 * parts.wrap.flux)).toEqual(parts);
      expect(meter.at(start, 0.999 * parts.wrap.flux).wrap.flux).toBe(Infinity);
    }
  });

  it('fails the ancestor’s crossfade: tail added to the head, and left where it was', () => {
    const hiss = noise(RATE, 0.06);
    const loop = sines([220, 277, 330], RATE, 0.1).map((sample, n) => sample + hiss[n]);
    const fade = 4410;
    for (let k = 0; k < fade; k++) {
      const angle = ((k / fade) * Math.PI) / 2;
      loop[k] = loop[k] * Math.sin(angle) + loop[RATE - fade + k] * Math.cos(angle);
      loop[RATE - fade + k] *= Math.cos(angle);
    }
    expect(
      seamFaults(measureSeam({ sampleRate: RATE, channels: [loop] }, { start: RATE - fade, length: fade })),
    ).not.toEqual([]);
  });

  it('stays finite on silence and on loops shorter than its windows', () => {
    for (const frames of [1, 2, 40, 3000]) {
      for (const signal of [new Float32Array(frames), noise(frames, 0.5)]) {
        const seam = measureSeam({ sampleRate: RATE, channels: [signal] }, null);
        expect(Object.values(seam).every(Number.isFinite)).toBe(true);
      }
    }
  });
});
