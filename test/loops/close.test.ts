import { describe, expect, it } from 'vitest';
import { butterworthHighPass } from '../../src/dsp/butterworth.ts';
import { filterZeroPhase } from '../../src/dsp/filter.ts';
import { closeLoop } from '../../src/loops/close.ts';
import { rotateLoop } from '../../src/loops/place-wrap.ts';
import { seamSeverity } from '../../src/loops/seam.ts';
import { measureSeam } from '../../src/loops/seam-meter.ts';
import type { LoopSearch } from '../../src/loops/search-record.ts';
import { decibels, mixed, noise, RATE, rms, sines } from '../signals.ts';

const request = { start: RATE, length: RATE, startSlack: 8000, lengthSlack: 4410, fade: 4410 };

/** Four seconds of a chord whose partials share no short period, with a little noise. */
const chord = () => {
  const tones = sines([130.8, 164.9, 196.3, 261.1, 392.7], 4 * RATE, 0.08);
  return tones.map((sample, n) => sample + hum[n]);
};
const hum = noise(4 * RATE, 0.01);

/** One after the other. */
const joined = ([first, second]: readonly Float32Array[]) => Float32Array.from([...first, ...second]);

const peak = (samples: Float32Array, from: number, to: number) =>
  samples.subarray(from, to).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

describe('closeLoop', () => {
  it('closes a held chord so that nobody hears it', () => {
    const closed = closeLoop({ sampleRate: RATE, channels: [chord()] }, request)!;
    expect(seamSeverity(closed.seam)).toBeLessThan(1);
    expect(closed.correlation).toBeGreaterThan(0.7);
  });

  it('stays near what was asked', () => {
    const closed = closeLoop({ sampleRate: RATE, channels: [chord()] }, request)!;
    expect(Math.abs(closed.start - request.start)).toBeLessThanOrEqual(request.startSlack + 300);
    expect(Math.abs(closed.length - request.length)).toBeLessThanOrEqual(request.lengthSlack);
    expect(closed.sound.channels[0].length).toBe(closed.length);
  });

  it('keeps an exact length to the sample', () => {
    const closed = closeLoop(
      { sampleRate: RATE, channels: [chord()] },
      { ...request, length: 43_217, lengthSlack: 0 },
    )!;
    expect(closed.length).toBe(43_217);
    expect(closed.sound.channels[0].length).toBe(43_217);
  });

  it('uses one length and place for both channels, and keeps them apart', () => {
    const sound = { sampleRate: RATE, channels: [chord(), sines([98.2, 146.8, 220.4], 4 * RATE, 0.1)] };
    const closed = closeLoop(sound, request)!;
    // Turned back, all but the crossfade at its end is the source as it was.
    const loop = rotateLoop(closed.sound, (closed.length - closed.rotation) % closed.length);
    const body = closed.length - closed.crossfade.length;
    for (const c of [0, 1]) {
      const original = sound.channels[c].subarray(closed.start, closed.start + body);
      expect(loop.channels[c].subarray(0, body)).toEqual(original);
    }
    expect(seamSeverity(closed.seam)).toBeLessThan(1);
  });

  it('keeps clear of an attack at the wanted start', () => {
    const music = chord();
    for (let n = 0; n < 2000; n++) music[RATE + n] += 0.5 * Math.exp(-n / 300) * Math.sin(n * 0.3);
    const closed = closeLoop({ sampleRate: RATE, channels: [music] }, request)!;
    expect(seamSeverity(closed.seam)).toBeLessThan(1);
    expect(Math.abs(closed.start - RATE)).toBeGreaterThan(1000);
  });

  it('fades where the treble is the body’s, not where it is dull for half a second', () => {
    const frames = 5 * RATE;
    const high = butterworthHighPass(4, 5000, RATE);
    // Dull before either side of a loop that starts at 1.5 s: the two sound alike there.
    const dull = (sec: number) => sec % 2 > 1 && sec % 2 < 1.5;
    const treble = filterZeroPhase([noise(frames, 0.1, 'a')], high)[0].map((x, n) =>
      dull(n / RATE) ? 0.5 * x : x,
    );
    const music = mixed(sines([100, 200, 300, 400], frames, 0.15), noise(frames, 0.001), treble);
    const wide = {
      start: 1.5 * RATE,
      length: 2 * RATE,
      startSlack: 0.6 * RATE,
      lengthSlack: 4410,
      fade: 13_230,
    };
    const closed = closeLoop({ sampleRate: RATE, channels: [music] }, wide)!;
    const heard = filterZeroPhase(
      [rotateLoop(closed.sound, (closed.length - closed.rotation) % closed.length).channels[0]],
      high,
    )[0];
    const fadeStart = closed.length - closed.crossfade.length;
    const inFade = rms(heard, fadeStart, closed.length) / rms(heard, 0, fadeStart);
    expect(Math.abs(decibels(inFade))).toBeLessThan(2.5);
  });

  it('blends where a cut at the very same place would click', () => {
    const tones = sines([110, 146.9, 187.3, 233.1, 311.7, 401.9, 523.3], 4 * RATE, 0.08);
    const hiss = noise(4 * RATE, 0.0001);
    const music = tones.map((sample, n) => sample + hiss[n]);
    const closed = closeLoop({ sampleRate: RATE, channels: [music] }, request)!;
    const end = closed.start + closed.length;
    // Twice round, so that the place where the two ends meet lies in the middle.
    const cut = [closed.start, closed.start].map((start) => music.subarray(start, end));
    const loop = rotateLoop(closed.sound, (closed.length - closed.rotation) % closed.length).channels[0];
    const [click, blended] = [cut, [loop, loop]].map((rounds) => {
      const treble = filterZeroPhase([joined(rounds)], butterworthHighPass(4, 8000, RATE))[0];
      return decibels(peak(treble, closed.length - 441, closed.length + 441) / rms(treble, 4410, 22_050));
    });
    expect(click).toBeGreaterThan(25);
    expect(blended).toBeLessThan(15);
  });

  it('does better than a cut at the wanted place on noise', () => {
    // At its own level, but for the wanted end, where it is 6 dB down: so a cut there is heard.
    const frames = 4 * RATE;
    const isDown = (n: number) => n > 1.8 * RATE && n < 2.1 * RATE;
    const music = noise(frames, 0.3).map((sample, n) => (isDown(n) ? sample / 2 : sample));
    const sound = { sampleRate: RATE, channels: [music] };
    const cut = measureSeam({ sampleRate: RATE, channels: [music.slice(RATE, 2 * RATE)] }, null);
    expect(seamSeverity(cut)).toBeGreaterThan(1.5);
    expect(seamSeverity(closeLoop(sound, request)!.seam)).toBeLessThan(1);
  });

  it('records what it looked at where that is asked, and does the same', () => {
    const sound = { sampleRate: RATE, channels: [chord()] };
    const allows = (start: number) => start > RATE - 4000;
    const plain = closeLoop(sound, { ...request, allows })!;
    expect(plain.search).toBeUndefined();
    const sourceSecOf = (start: number) => 10 + start / RATE;
    const { search, ...loop } = closeLoop(sound, { ...request, allows, sourceSecOf })!;
    expect(loop).toEqual(plain);
    const { candidates } = search!;
    const [chosen, ...others] = candidates.filter(({ isChosen }) => isChosen);
    expect(others).toEqual([]);
    expect(chosen).toMatchObject({
      startSec: sourceSecOf(plain.start),
      lengthSec: plain.length / RATE,
      fadeSec: plain.crossfade.length / RATE,
      seam: plain.seam,
    });
    expect(chosen.measured!.correlation).toBe(plain.correlation);
    const totals = candidates.flatMap(({ measured }) => (measured ? [measured.totalPenalty] : []));
    expect(chosen.measured!.totalPenalty).toBe(Math.min(...totals));
    expect(candidates.some(({ isAllowed }) => !isAllowed)).toBe(true);
    for (const { startSec, isAllowed, measured } of candidates) {
      expect(isAllowed).toBe(allows(Math.round((startSec - 10) * RATE)));
      if (!isAllowed) expect(measured).toBeNull();
    }
  });

  it('does the same where it is not recorded, and what cannot be chosen is not measured to the end', () => {
    // Four crossfades are closed of each. Of the first the second is best, and the others lose by their level alone; of the
    // second each is a little better than the one before.
    for (const [rateHz, depth] of [
      [0.9, 0.5],
      [0.7, 0.6],
    ]) {
      const swell = (n: number) => 1 + depth * Math.sin((2 * Math.PI * rateHz * n) / RATE);
      const sound = { sampleRate: RATE, channels: [chord().map((sample, n) => sample * swell(n))] };
      const { search, sound: _, ...recorded } = closeLoop(sound, { ...request, sourceSecOf: (at) => at })!;
      expect(search!.candidates.filter(({ seam }) => seam !== null).length).toBe(4);
      expect(closeLoop(sound, request)).toMatchObject(recorded);
    }
  });

  it('says why its search ended', () => {
    const searchOf = (music: Float32Array, allows = (_start: number) => true) => {
      const asked = { ...request, allows, sourceSecOf: (start: number) => start };
      return closeLoop({ sampleRate: RATE, channels: [music] }, asked)!.search!;
    };
    const measured = ({ candidates }: LoopSearch) => candidates.filter((each) => each.measured !== null);
    expect(searchOf(chord()).ended).toBe('good-match');
    // Ever louder, so that no crossfade is good enough.
    const rising = noise(4 * RATE, 0.3).map((sample, n) => (sample * n) / (4 * RATE));
    const all = searchOf(rising);
    expect([all.ended, measured(all).length]).toEqual(['enough-measured', 18]);
    const few = searchOf(rising, (start) => Math.abs(start - RATE) > 6000);
    expect(few.ended).toBe('all-measured');
    expect(measured(few).length).toBeLessThanOrEqual(18);
  });

  it('never fades from before the sound, though the longest fade is no whole number of hops', () => {
    // Ever louder, so that no fade is good enough and the longest, all that lies before the start, is tried.
    const music = noise(3 * RATE, 0.3).map((sample, n) => (sample * n) / (3 * RATE));
    const whole = { start: 30_000, startSlack: 7485, length: 2 * RATE, lengthSlack: 4410, fade: 4410 };
    const closed = closeLoop({ sampleRate: RATE, channels: [music] }, whole)!;
    expect(closed.start).toBeGreaterThanOrEqual(closed.crossfade.length);
  });

  it('keeps to where it is allowed, and says that it may be nowhere', () => {
    const sound = { sampleRate: RATE, channels: [chord()] };
    const free = closeLoop(sound, request)!;
    const allows = (start: number) => Math.abs(start - free.start) > 3000;
    expect(allows(closeLoop(sound, { ...request, allows })!.start)).toBe(true);
    expect(closeLoop(sound, { ...request, allows: () => false })).toBeNull();
  });

  it('says that a loop does not fit', () => {
    const short = { sampleRate: RATE, channels: [noise(RATE, 0.3)] };
    expect(closeLoop(short, request)).toBeNull();
  });

  it('gives the same loop every time', () => {
    const sound = { sampleRate: RATE, channels: [chord()] };
    expect(closeLoop(sound, request)).toEqual(closeLoop(sound, request));
  });
});
