/** Parts of the studio's page that need no browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { shownFamilies } from '../../src/report/families.ts';
import { axisHertz } from '../../src/report/page/overview.ts';
import { choose, DEFAULT_QUERY } from '../../src/studio/page/choosing/choice.ts';
import { createPaletteStore } from '../../src/studio/page/choosing/palette-store.ts';
import { BANDS, COLUMNS, spectrogramOf } from '../../src/studio/page/details/spectrogram.ts';
import { backOf, changedBy } from '../../src/studio/page/keeping/decision-change.ts';
import { crowdingOf } from '../../src/studio/page/map/map-crowding.ts';
import { createGrid, towards } from '../../src/studio/page/map/map-grid.ts';
import {
  laidOut,
  offScreen,
  onScreen,
  resized,
  showing,
  wholeView,
  zoomed,
} from '../../src/studio/page/map/map-view.ts';
import { factor, matchingDb } from '../../src/studio/page/sound/level.ts';
import { createSounds } from '../../src/studio/page/sound/sounds.ts';
import { decodeWav } from '../../src/studio/page/sound/wav.ts';
import type { Decision, Texture } from '../../src/studio/protocol.ts';
import { errorDb, noise, sine } from '../signals.ts';

const METADATA = { info: { name: 'a', software: 'b', source: 'c' } };

describe('decodeWav', () => {
  it.each([
    [16, 1],
    [24, 2],
  ] as const)('gives back what was written in %i bits, %i channels', (bitDepth, channelCount) => {
    const channels = Array.from({ length: channelCount }, (_, i) => noise(1001, 0.5, i));
    const file = encodeWav(
      { sampleRate: 48_000, channels },
      { ...METADATA, sampler: { loop: true, root: null }, bitDepth, random: new Random(1) },
    );
    const read = decodeWav(file.buffer);
    expect(read.sampleRate).toBe(48_000);
    expect(read.channels).toHaveLength(channelCount);
    for (const [i, channel] of read.channels.entries()) {
      expect(channel).toHaveLength(1001);
      expect(errorDb(channel, channels[i])).toBeLessThan(bitDepth === 16 ? -75 : -125);
    }
  });

  it.each([
    ['nothing', new ArrayBuffer(0)],
    ['another file', new TextEncoder().encode('OggS and so on, as it goes').buffer],
  ])('says in words what is wrong with %s', (_, bytes) => {
    expect(() => decodeWav(bytes)).toThrow('This file is no WAV.');
  });

  it('reads as much as there is of a file that was cut off', () => {
    const whole = encodeWav(
      { sampleRate: 44_100, channels: [noise(1000)] },
      { ...METADATA, sampler: { loop: false, root: null }, bitDepth: 16, random: new Random(1) },
    );
    expect(decodeWav(whole.slice(0, 44 + 500).buffer).channels[0].length).toBe(250);
  });
});

const texture = (facts: Partial<Texture>): Texture =>
  ({
    ...{ id: 'e1-1', export: 'e1', path: 'a/b.wav', name: 'b', title: 'a, b', part: 'b', sourceTitle: 'a' },
    ...{ family: 'pad', source: 'a', variant: '', durationSec: 2, channelCount: 2, sampleRate: 44_100 },
    ...{
      loop: { start: 0, end: 88_200 },
      grade: 'A',
      gradeReasons: [],
      lufs: -12,
      centroidHz: 800,
      root: null,
    },
    ...{ rank: null, decision: {}, stamp: '1', figures: ['1.5', 'dark'] },
    ...facts,
  }) as Texture;

const COLUMN_NAMES = ['seam_flux', 'variant'];
/** No family of the engine: pages know those that they receive. */
const BELL = { id: 'bell', singular: 'bell', plural: 'bells', colour: { dark: '#ffffff', light: '#000000' } };
const ask = (textures: Texture[], query: object, decisions: Record<string, Decision> = {}) =>
  choose(
    { textures, columns: COLUMN_NAMES, families: [BELL, ...shownFamilies()] },
    { ...DEFAULT_QUERY, ...query },
    ({ id }) => decisions[id] ?? {},
    () => false,
  ).map(({ id }) => id);

describe('choose', () => {
  const all = [
    texture({ id: 'one', figures: ['2', 'dark'], durationSec: 0.2, loop: null, family: 'drum' }),
    texture({ id: 'two', figures: ['', 'bright'], grade: 'B' }),
    texture({ id: 'three', figures: ['10', 'mid'], durationSec: 8 }),
  ];

  it('sorts by any figure, as numbers where they are, what is unknown last', () => {
    expect(ask(all, { order: 'seam_flux' })).toEqual(['one', 'three', 'two']);
    expect(ask(all, { order: 'variant' })).toEqual(['two', 'one', 'three']);
  });

  it('has the best first, and last what was rejected', () => {
    const ranked = ['a', 'b', 'c'].map((id, worth) => texture({ id, worth }));
    expect(ask(ranked, {}, { a: { decision: 'reject' } })).toEqual(['b', 'c', 'a']);
  });

  it('sorts by family in the order that came with the palette, what is unknown last', () => {
    const families = ['nothing', 'drum', 'bell', 'pad'].map((family) => texture({ id: family, family }));
    expect(ask(families, { order: 'family' })).toEqual(['bell', 'pad', 'drum', 'nothing']);
    expect(ask(families, { families: new Set(['bell']) })).toEqual(['bell']);
  });

  it('filters by what was decided, length, loop and grade, and finds notes', () => {
    const decisions: Record<string, Decision> = {
      one: { decision: 'keep', note: 'Bridge' },
      three: { stars: 2 },
    };
    expect(ask(all, { decision: 'kept' }, decisions)).toEqual(['one']);
    expect(ask(all, { decision: 'starred' }, decisions)).toEqual(['three']);
    expect(ask(all, { search: 'bridge' }, decisions)).toEqual(['one']);
    expect(ask(all, { length: 'over 5 s' })).toEqual(['three']);
    expect(ask(all, { loop: 'plays once' })).toEqual(['one']);
    expect(ask(all, { grade: 'B' })).toEqual(['two']);
    expect(ask(all, { families: new Set(['drum']) })).toEqual(['one']);
  });
});

describe('what is new', () => {
  const palette = { revision: '', exports: [], families: [], columns: [], job: null, renderings: [] };
  const job = { kind: 'run', export: 'e1', title: '', share: 0, message: '', made: 0 } as const;
  const [a, b, c] = ['a', 'b', 'c'].map((id) => texture({ id, rank: id === 'a' ? 1 : null }));

  it('is shown beside the chosen until it was looked at', () => {
    const store = createPaletteStore(() => ({}));
    for (const textures of [
      [a, b],
      [a, b, c],
    ])
      store.load({ ...palette, textures });
    const shown = () => {
      store.query({ ...DEFAULT_QUERY, onlyChosen: true });
      return store.shown.get().map(({ id }) => id);
    };
    expect(shown()).toEqual(['a', 'c']);
    store.look(c);
    expect(shown()).toEqual(['a']);
  });

  it('is nothing of a first run, and all of a second', () => {
    const store = createPaletteStore(() => ({}));
    store.load({ ...palette, textures: [] });
    store.load({ ...palette, textures: [a], job });
    store.load({ ...palette, textures: [a, b] });
    expect([...store.fresh.get()]).toEqual([]);
    store.load({ ...palette, textures: [a, b, c], job });
    expect([...store.fresh.get()]).toEqual(['c']);
  });
});

describe('next', () => {
  const loop = { start: 0, end: 1 };
  const textures = [
    texture({ id: 'clap', worth: 1, loop: null }),
    texture({ id: 'third', worth: 4, loop }),
    texture({ id: 'rejected', worth: 3, loop }),
    texture({ id: 'best', worth: 2, loop }),
  ];
  const walk = (all: Texture[], steps: number) => {
    const store = createPaletteStore(({ id }) => (id === 'rejected' ? { decision: 'reject' } : {}));
    const palette = { revision: '', exports: [], families: [], columns: [], job: null, renderings: [] };
    store.load({ ...palette, textures: all });
    store.query(DEFAULT_QUERY);
    return Array.from({ length: steps }, () => {
      store.selected.set(store.next() ?? store.selected.get());
      return store.selected.get()?.id;
    });
  };

  it('is the next best loop, and behind the last the first; of those chosen where some were', () => {
    expect(walk(textures, 4)).toEqual(['best', 'third', 'clap', 'best']);
    const chosen = textures.map((one) => ({ ...one, rank: one.id === 'best' ? null : 1 }));
    expect(walk(chosen, 3)).toEqual(['clap', 'third', 'clap']);
    expect(walk([textures[0]], 2)).toEqual(['clap', 'clap']);
  });
});

describe('decisions', () => {
  const decision: fc.Arbitrary<Decision> = fc.record(
    {
      decision: fc.constantFrom('keep', 'reject'),
      stars: fc.integer({ min: 1, max: 5 }),
      note: fc.string({ minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  const change = fc.record(
    {
      decision: fc.constantFrom('keep', 'reject', null),
      stars: fc.constantFrom(1, 5, null),
      note: fc.constantFrom('a', null),
    },
    { requiredKeys: [] },
  );

  it('what takes a change back leaves what was before', () => {
    fc.assert(
      fc.property(decision, change, (before, changes) => {
        const made = { id: 'a', ...changes } as Parameters<typeof backOf>[1];
        expect(changedBy(changedBy(before, made), backOf(before, made))).toEqual(before);
      }),
    );
  });
});

describe('levels', () => {
  it('match to one loudness, but raise no peak above the ceiling', () => {
    expect(matchingDb({ lufs: -12 }, -1)).toBeCloseTo(-6, 9);
    expect(matchingDb({ lufs: -24 }, -9)).toBeCloseTo(6, 9);
    expect(matchingDb({ lufs: -24 }, -3)).toBeCloseTo(2, 9);
    expect(matchingDb({ lufs: -40 }, -30)).toBeCloseTo(12, 9);
    expect(matchingDb({ lufs: null }, null)).toBe(0);
    expect(factor(-6)).toBeCloseTo(0.501, 3);
  });
});

describe('the map', () => {
  const point = fc.record({
    x: fc.double({ min: 0, max: 800, noNaN: true }),
    y: fc.double({ min: 0, max: 600, noNaN: true }),
  });

  it('has bright to the right of dark, and moving above steady', () => {
    const size = { width: 800, height: 600 };
    expect(laidOut({ x: 1, y: 0 }, size).x).toBeGreaterThan(laidOut({ x: 0, y: 0 }, size).x);
    expect(laidOut({ x: 0, y: 1 }, size).y).toBeLessThan(laidOut({ x: 0, y: 0 }, size).y);
  });

  it('is never turned over, however small, and stays as near when its size changes', () => {
    for (const side of [20, 60, 120, 390]) {
      const size = { width: side, height: side };
      expect(laidOut({ x: 1, y: 0 }, size).x).toBeGreaterThan(laidOut({ x: 0, y: 0 }, size).x);
      expect(laidOut({ x: 0, y: 1 }, size).y).toBeLessThan(laidOut({ x: 0, y: 0 }, size).y);
    }
    const near = zoomed(wholeView(800, 600), 4, { x: 600, y: 200 });
    const other = resized(near, 500, 640);
    expect(other.zoom).toBe(4);
    const middle = (view: typeof near) => {
      const { x, y } = offScreen({ x: view.width / 2, y: view.height / 2 }, view);
      return [x / view.width, y / view.height];
    };
    for (const [axis, place] of middle(other).entries()) expect(place).toBeCloseTo(middle(near)[axis], 6);
  });

  it('keeps what lies under the hand where it is while it is magnified', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 1, max: 4, noNaN: true }), (at, by) => {
        const view = zoomed(wholeView(800, 600), 3, { x: 400, y: 300 });
        const before = offScreen(at, view);
        const after = onScreen(before, zoomed(view, by, at));
        expect(after.x).toBeCloseTo(at.x, 6);
        expect(after.y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  it('moves so far that what is chosen is seen', () => {
    const view = zoomed(wholeView(800, 600), 8, { x: 0, y: 0 });
    fc.assert(
      fc.property(point, (at) => {
        const { x, y } = onScreen(at, showing(view, at));
        expect(x >= 0 && x <= 800 && y >= 0 && y <= 600).toBe(true);
      }),
    );
  });

  it('finds the nearest as asking all would', () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 80 }),
        point,
        fc.integer({ min: 1, max: 90 }),
        (points, at, within) => {
          const distance = (i: number) => Math.hypot(points[i].x - at.x, points[i].y - at.y);
          const found = createGrid(points).nearest(at, within);
          const best = points.map((_, i) => i).reduce((a, b) => (distance(b) < distance(a) ? b : a));
          if (distance(best) > within) expect(found).toBeNull();
          else expect(distance(found!)).toBeCloseTo(distance(best), 9);
        },
      ),
    );
  });

  it('walks to what lies that way, straight ahead before aslant', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 50, y: 0 },
      { x: 40, y: 30 },
      { x: -5, y: -90 },
    ];
    expect(towards(points, 0, 'right')).toBe(1);
    expect(towards(points, 0, 'down')).toBe(2);
    expect(towards(points, 0, 'up')).toBe(3);
    expect(towards(points, 1, 'right')).toBeNull();
  });

  it('dims drops that lie thick, not one that lies alone', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => ({ x: 100 + (i % 6), y: 100 + i / 6 }));
    const strengths = crowdingOf([...crowd, { x: 600, y: 400 }], Array(31).fill(25));
    expect(strengths[30]).toBe(1);
    expect(Math.max(...strengths.slice(0, 30))).toBeLessThan(0.15);
  });
});

describe('sounds', () => {
  const sound = (frames: number) => ({ sampleRate: 44_100, channels: [new Float32Array(frames)] });

  it('fetches once what is wanted twice, and lets go of what was not wanted for long', async () => {
    const loads: string[] = [];
    const sounds = createSounds(async ({ id }) => {
      loads.push(id);
      return sound(4 * 1024 * 1024);
    });
    const all = ['a', 'b', 'c', 'd', 'e'].map((id) => texture({ id }));
    await Promise.all([sounds.get(all[0]), sounds.get(all[0])]);
    expect(loads).toEqual(['a']);
    for (const one of all.slice(1, 4)) await sounds.get(one);
    sounds.peek(all[0]);
    await sounds.get(all[4]);
    expect(all.map((one) => sounds.peek(one) !== null)).toEqual([true, false, true, true, true]);
  });

  it('asks again for what could not be fetched, and for a file that has changed', async () => {
    let fails = true;
    let loads = 0;
    const sounds = createSounds(async () => {
      loads++;
      if (fails) throw new Error('gone');
      return sound(10);
    });
    await expect(sounds.get(texture({}))).rejects.toThrow('gone');
    fails = false;
    await sounds.get(texture({}));
    await sounds.get(texture({ stamp: '2' }));
    expect(loads).toBe(3);
  });
});

describe('the spectrogram', () => {
  it('is brightest where the tone lies, on an axis as hearing has it', () => {
    for (const hertz of [220, 1000, 6000]) {
      const work = spectrogramOf(
        { sampleRate: 44_100, channels: [sine(hertz, 44_100, 0.5) as Float32Array<ArrayBuffer>] },
        false,
      );
      let next = work.next();
      let slices = 0;
      while (!next.done) {
        slices++;
        next = work.next();
      }
      expect(slices).toBe(COLUMNS);
      const column = next.value.subarray(BANDS * (COLUMNS / 2), BANDS * (COLUMNS / 2 + 1));
      const brightest = column.indexOf(Math.max(...column));
      expect(axisHertz(brightest / BANDS)).toBeLessThan(1.06 * hertz + 12);
      expect(axisHertz((brightest + 1) / BANDS)).toBeGreaterThan(0.94 * hertz - 12);
    }
  });
});
