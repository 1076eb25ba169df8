import { describe, expect, it } from 'vitest';
import { embedSound } from '../../src/curation/embedding.ts';
import { Random } from '../../src/dsp/random.ts';
import { type LayoutItem, layOut } from '../../src/studio/service/layout.ts';
import { noise, sine } from '../signals.ts';

const RATE = 22_050;
const LENGTH = RATE;

/** Tones and noises, steady ones and ones that beat, from dark to bright. */
function items(count: number, from = 0): LayoutItem[] {
  return Array.from({ length: count }, (_, n) => {
    const i = from + n;
    const random = new Random('item', i);
    const centroidHz = 100 * 2 ** (6 * random.uniform());
    const beat = i % 3 === 0 ? 0 : random.uniform();
    const tone = sine(centroidHz, LENGTH, 0.5, RATE);
    const hiss = noise(LENGTH, 0.02, `item ${i}`);
    const samples = tone.map(
      (x, t) => (x + hiss[t]) * (1 - beat * (0.5 + 0.5 * Math.sin((2 * Math.PI * 5 * t) / RATE))),
    );
    const embedding = embedSound({ sampleRate: RATE, channels: [samples] }, true);
    return { id: `item ${i}`, centroidHz, crestFactor: 1.5 + 8 * beat, embedding };
  });
}

const some = items(120);
const places = layOut(some);
const at = (all: Float64Array, i: number) => [all[2 * i], all[2 * i + 1]] as const;

/** Spearman's, without ties. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (list: readonly number[]) => {
    const order = list.map((_, i) => i).sort((i, j) => list[i] - list[j]);
    const result: number[] = [];
    for (const [rank, i] of order.entries()) result[i] = rank;
    return result;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const squares = x.reduce((sum, rank, i) => sum + (rank - y[i]) ** 2, 0);
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1));
}

const xs = some.map((_, i) => at(places, i)[0]);
const ys = some.map((_, i) => at(places, i)[1]);

describe('the map', () => {
  it('goes from dark to bright and from steady to moving', () => {
    expect(
      rankCorrelation(
        xs,
        some.map(({ centroidHz }) => centroidHz!),
      ),
    ).toBeGreaterThan(0.9);
    const still = ys.filter((_, i) => i % 3 === 0);
    const beating = ys.filter((_, i) => i % 3 !== 0 && some[i].crestFactor! > 5);
    const mean = (list: readonly number[]) => list.reduce((sum, y) => sum + y, 0) / list.length;
    expect(mean(beating) - mean(still)).toBeGreaterThan(0.25);
  });

  it('stays within its edges, uses most of it, and keeps drops apart', () => {
    for (const share of places) expect(share).toBeGreaterThanOrEqual(0);
    for (const share of places) expect(share).toBeLessThanOrEqual(1);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.7);
    let nearest = 1;
    for (let i = 0; i < some.length; i++) {
      for (let j = 0; j < i; j++) nearest = Math.min(nearest, Math.hypot(xs[i] - xs[j], ys[i] - ys[j]));
    }
    expect(nearest).toBeGreaterThan(0.3 / Math.sqrt(some.length));
  });

  it('has no edge that most of it is pressed against, though most of it is struck', () => {
    // As of an archive of drum loops: four drum hits for each texture that lasts.
    const hits = Array.from({ length: 4 * some.length }, (_, i): LayoutItem => {
      const random = new Random('hit', i);
      const fall = 5 + 40 * random.uniform();
      const hiss = noise(LENGTH / 2, 0.5, `hit ${i}`);
      const samples = hiss.map((x, t) => x * Math.exp((-fall * t) / RATE));
      const embedding = embedSound({ sampleRate: RATE, channels: [samples] }, false);
      return { id: `hit ${i}`, centroidHz: 100 * 2 ** (6 * random.uniform()), crestFactor: 12, embedding };
    });
    const all = layOut([...some, ...hits]);
    const heights = Array.from({ length: all.length / 2 }, (_, i) => at(all, i)[1]);
    expect(heights.filter((y) => y > 0.995).length).toBeLessThan(0.01 * heights.length);
    // No twentieth of its height holds three times what it would if all were even.
    for (let band = 0; band < 20; band++) {
      const within = heights.filter((y) => Math.floor(20 * y) === band).length;
      expect(within).toBeLessThan((3 * heights.length) / 20);
    }
  });

  it('is the same again', () => {
    expect(layOut(some)).toEqual(places);
  });

  it('is pushed aside by new ones, not turned over', () => {
    const more = layOut([...some, ...items(12, 500)]);
    const moves = some.map((_, i) => {
      const [[x, y], [u, v]] = [at(places, i), at(more, i)];
      return Math.hypot(x - u, y - v);
    });
    expect(moves.reduce((sum, move) => sum + move, 0) / moves.length).toBeLessThan(0.05);
    expect(
      rankCorrelation(
        xs,
        some.map((_, i) => at(more, i)[0]),
      ),
    ).toBeGreaterThan(0.97);
  });

  it('lays copies beside each other', () => {
    const copy = { ...some[7], id: 'copy', centroidHz: some[7].centroidHz! * 1.02 };
    const all = layOut([...some, copy]);
    const [[x, y], [u, v]] = [at(all, 7), at(all, some.length)];
    expect(Math.hypot(x - u, y - v)).toBeLessThan(0.15);
  });

  it('does with what is known: nothing, one, all at one place, nobody heard', () => {
    expect(layOut([])).toHaveLength(0);
    const unknown: LayoutItem = { id: 'a', centroidHz: null, crestFactor: null, embedding: null };
    expect(Array.from(layOut([unknown]), Math.round)).toHaveLength(2);
    const same = layOut(Array.from({ length: 40 }, (_, i) => ({ ...unknown, id: String(i) })));
    expect(same.every(Number.isFinite)).toBe(true);
    const unheard = layOut(some.map((item) => ({ ...item, embedding: null })));
    const across = some.map((_, i) => at(unheard, i)[0]);
    expect(
      rankCorrelation(
        across,
        some.map(({ centroidHz }) => centroidHz!),
      ),
    ).toBeGreaterThan(0.9);
  });
});
