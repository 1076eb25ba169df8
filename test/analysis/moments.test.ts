import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { momentQueue } from '../../src/analysis/diverse.ts';
import {
  findMoments,
  type MomentLimits,
  type MomentRequest,
  momentJudge,
} from '../../src/analysis/moments.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { chord, faded, joined, mono, noise, plucks, RATE } from '../signals.ts';

const OPEN: MomentLimits = {
  minStability: 0,
  minRmsDb: -40,
  maxRmsDb: -5,
  maxOnsetRate: 3,
  maxFlatness: 0.5,
  maxCrest: 10,
  maxDcOffset: 0.1,
  allowClipping: false,
  mostClipped: 1,
  minCentroidHz: null,
  maxCentroidHz: null,
};
const REQUEST: MomentRequest = { length: 2 * RATE, leadIn: 4410, hop: RATE / 2, limits: OPEN };

const analysed = (samples: Float32Array) => analyse(soundReader(mono(samples)));

const search = async (samples: Float32Array, limits: Partial<MomentLimits> = {}) =>
  findMoments(await analysed(samples), { ...REQUEST, limits: { ...OPEN, ...limits } });

/** Six seconds of a held chord, six of busy plucks, six of another chord: analysed once for all that search it. */
const song = await analysed(
  joined(
    chord([57, 60, 64], 6 * RATE),
    plucks(
      Array.from({ length: 48 }, (_, i) => i / 8),
      500,
      6 * RATE,
      0.3,
    ),
    chord([50, 53, 57, 60], 6 * RATE),
  ),
);

describe('findMoments', () => {
  it('finds the held chords and not the plucks between them', () => {
    const { moments } = findMoments(song, REQUEST);
    const centres = moments.map(({ start, length }) => (start + length / 2) / RATE);
    expect(centres.some((at) => at < 6)).toBe(true);
    expect(centres.some((at) => at > 12)).toBe(true);
    expect(centres.filter((at) => at > 7 && at < 11)).toEqual([]);
  });

  it('keeps the whole segment and its lead-in clear of onsets', () => {
    const { moments } = findMoments(song, REQUEST);
    for (const { start, length } of moments) {
      const from = (start - REQUEST.leadIn) / RATE;
      const to = (start + length) / RATE;
      expect(to <= 6.6 || from >= 11.4).toBe(true);
    }
  });

  it('gates the lead-in too', async () => {
    const held = chord([57, 60, 64], 2.2 * RATE);
    const request = { ...REQUEST, leadIn: RATE, hop: RATE };
    const find = async (before: Float32Array) => {
      const analysis = await analyse(soundReader(mono(joined(before, held))));
      return findMoments(analysis, request).moments.filter(({ start }) => start === RATE);
    };
    expect(await find(chord([57, 60, 64], RATE))).toHaveLength(1);
    const busy = plucks(
      Array.from({ length: 10 }, (_, i) => i / 10),
      500,
      RATE,
      0.3,
    );
    expect(await find(busy)).toEqual([]);
  });

  it('takes no fade for a pad', async () => {
    const held = chord([57, 60, 64], 8 * RATE);
    expect((await search(held)).moments.length).toBeGreaterThan(5);
    const fading = await search(faded(held, -30));
    expect(fading.moments).toEqual([]);
    expect(fading.excluded.get('fading')).toBe(fading.windowCount);
  });

  it('takes nothing that reaches into a slow fade-out', async () => {
    const fade = chord([57, 60, 64], 20 * RATE).map((sample, n) => sample * (1 - n / (20 * RATE)));
    const { moments } = await search(joined(chord([57, 60, 64], 10 * RATE), fade));
    const ends = moments.map(({ start, length }) => (start + length) / RATE);
    expect(Math.max(...ends)).toBeGreaterThan(7);
    expect(Math.max(...ends)).toBeLessThan(10.5);
  });

  it('refuses by stillness alone what passes every other gate', async () => {
    const melody = joined(...[57, 64, 59, 66, 62, 69, 55, 61].map((note) => chord([note], RATE / 2)));
    const limits = { maxOnsetRate: 100, maxCrest: 100 };
    const open = await search(melody, limits);
    expect(open.moments.length).toBeGreaterThan(0);
    const strict = await search(melody, { ...limits, minStability: 0.6 });
    expect(strict.moments).toEqual([]);
    expect(strict.excluded.get('restless')).toBe(open.moments.length);
    expect((await search(chord([57, 60, 64], 4 * RATE), { minStability: 0.6 })).moments.length).toBe(4);
  });

  it('lets an offset wander that reading takes away, and refuses the DC that remains', async () => {
    const held = chord([57, 60, 64], 8 * RATE);
    const wandering = held.map((x, n) => x + 0.3 * Math.sin((2 * Math.PI * n) / (8 * RATE)));
    const plain = await search(held, { maxDcOffset: 0.05 });
    const moved = await search(wandering, { maxDcOffset: 0.05 });
    expect(moved.moments.map(({ start }) => start)).toEqual(plain.moments.map(({ start }) => start));
    expect(moved.excluded.get('DC')).toBe(undefined);
    // Too quick to be followed over half a second.
    const jumping = held.map((x, n) => (n > 3 * RATE && n < 3.2 * RATE ? x + 0.9 : x));
    expect((await search(jumping, { maxDcOffset: 0.005 })).excluded.get('DC')).toBeGreaterThan(0);
  });

  it('judges a stretch that a search has moved', () => {
    const judge = momentJudge(song, OPEN);
    expect(judge({ start: 2 * RATE, length: 2 * RATE }, 4410)).toEqual([]);
    expect(judge({ start: 7 * RATE, length: 2 * RATE }, 4410)).toContain('onsets');
  });

  it.each<[keyof MomentLimits, number, string, Float32Array]>([
    ['minRmsDb', -6, 'too quiet', chord([57, 60], 5 * RATE)],
    ['maxRmsDb', -30, 'too loud', chord([57, 60], 5 * RATE)],
    ['maxFlatness', 0.1, 'noisy', noise(5 * RATE, 0.2)],
    ['maxCrest', 1.1, 'crest', chord([57, 60], 5 * RATE)],
    ['minCentroidHz', 9000, 'centroid', chord([57, 60], 5 * RATE)],
    ['maxCentroidHz', 50, 'centroid', chord([57, 60], 5 * RATE)],
  ])('refuses by %s = %d and says so', async (key, value, limit, samples) => {
    const found = await search(samples, { [key]: value });
    expect(found.moments).toEqual([]);
    expect([...found.excluded]).toContainEqual([limit, found.windowCount]);
  });

  it('refuses clipping, unless it is allowed', async () => {
    const clipped = chord([57, 60, 64], 5 * RATE).map((x) => Math.max(-1, Math.min(1, 8 * x)));
    const loud = { maxRmsDb: 0 };
    expect((await search(clipped, loud)).excluded.get('clipped')).toBeGreaterThan(0);
    expect((await search(clipped, { ...loud, allowClipping: true })).moments.length).toBeGreaterThan(0);
  });

  it('looks at no window of a source shorter than a pad', async () => {
    expect((await search(chord([60], RATE))).windowCount).toBe(0);
  });
});

describe('momentQueue', () => {
  const drain = (queue: ReturnType<typeof momentQueue>) => {
    const taken = [];
    for (let moment = queue.next(); moment; moment = queue.next()) {
      queue.accept(moment, moment);
      taken.push(moment);
    }
    return taken;
  };

  it('offers no two moments that share more than half their time', () => {
    const taken = drain(momentQueue(findMoments(song, REQUEST).moments));
    expect(taken.length).toBeGreaterThan(3);
    for (const [i, a] of taken.entries()) {
      for (const b of taken.slice(i + 1)) {
        const shared = Math.min(a.start + a.length, b.start + b.length) - Math.max(a.start, b.start);
        expect(shared).toBeLessThanOrEqual(a.length / 2);
      }
    }
  });

  it('prefers another chord to more of the same', () => {
    const taken = drain(momentQueue(findMoments(song, REQUEST).moments));
    const inFirst = (start: number) => start < 6 * RATE;
    expect(inFirst(taken[0].start)).not.toBe(inFirst(taken[1].start));
  });

  it('prefers the far end of what sounds alike', async () => {
    const { moments } = await search(chord([57, 60, 64], 20 * RATE));
    const [first, second] = drain(momentQueue(moments.map((moment) => ({ ...moment, worth: 0.8 }))));
    expect(Math.abs(second.start - first.start)).toBeGreaterThan(12 * RATE);
  });

  it('offers the next window after one that was no good, and the rest of the passage', async () => {
    const { moments } = await search(chord([57, 60, 64], 4 * RATE));
    const queue = momentQueue(moments);
    const starts = [];
    for (let moment = queue.next(); moment; moment = queue.next()) {
      starts.push(moment.start);
      queue.pass(moment);
    }
    expect(starts.sort((a, b) => a - b)).toEqual(moments.map(({ start }) => start));
  });

  it('keeps away from what was taken for another length', () => {
    const { moments } = findMoments(song, REQUEST);
    const first = momentQueue(moments).next()!;
    const next = momentQueue(moments, [first]).next()!;
    expect(Math.abs(next.start - first.start)).toBeGreaterThanOrEqual(first.length / 2);
  });

  it('counts time where the loop came to lie', () => {
    const queue = momentQueue(findMoments(song, REQUEST).moments);
    const first = queue.next()!;
    const moved = { start: first.start + RATE / 2, length: first.length };
    queue.accept(first, moved);
    expect(queue.overlaps({ start: moved.start + first.length * 0.5, length: first.length })).toBe(true);
    expect(queue.overlaps({ start: moved.start + first.length * 0.7, length: first.length })).toBe(false);
  });

  it('lets a long one hold a short one', async () => {
    const analysis = await analyse(soundReader(mono(chord([57, 60, 64], 7 * RATE))));
    const short = findMoments(analysis, { ...REQUEST, length: 1.5 * RATE }).moments[4];
    const long = findMoments(analysis, { ...REQUEST, length: 4.5 * RATE });
    expect(momentQueue(long.moments, [short]).next()).not.toBeNull();
  });

  it('does not offer again what was passed over', () => {
    const queue = momentQueue(findMoments(song, REQUEST).moments);
    const first = queue.next()!;
    queue.pass(first);
    expect(queue.next()).not.toBe(first);
  });
});

describe('what clips', () => {
  const cut = chord([57], 4 * RATE, 4).map((x) => Math.max(-1, Math.min(1, x)));
  const clean = chord([50], 4 * RATE, 1.8);

  it('is told apart by how much of it does', async () => {
    const { moments } = await search(joined(clean, cut), {
      allowClipping: true,
      mostClipped: 0.01,
      maxRmsDb: 0,
    });
    const early = moments.filter(({ start, length }) => start + length < 4 * RATE);
    const late = moments.filter(({ start }) => start > 4.2 * RATE);
    expect(Math.min(early.length, late.length)).toBeGreaterThan(0);
    expect(early.map(({ clips }) => clips)).toEqual(early.map(() => false));
    expect(late.map(({ clips }) => clips)).toEqual(late.map(() => true));
  });

  it('is offered after all that does not, however still it is', () => {
    const moment = (start: number, score: number, clips: boolean) => ({
      start,
      length: RATE,
      score,
      worth: score,
      clips,
      isEventful: false,
      embedding: Float32Array.of(start, 1),
    });
    const queue = momentQueue([moment(0, 0.9, true), moment(5 * RATE, 0.3, false)]);
    expect(queue.next()?.clips).toBe(false);
    queue.pass(queue.next()!);
    expect(queue.next()?.clips).toBe(true);
  });
});
