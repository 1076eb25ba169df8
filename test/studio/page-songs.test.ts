/** How cells and songs lie on the studio's page: parts that need no browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellGrid, placeIn, rowsInView } from '../../src/studio/page/cells/cell-grid.ts';
import { welcome } from '../../src/studio/page/choosing/welcome.ts';
import {
  barsOf,
  findAt,
  findTowards,
  type SongFind,
  songsOf,
} from '../../src/studio/page/songs/song-finds.ts';
import type { Texture } from '../../src/studio/protocol.ts';

const COLUMNS = ['source_path', 'source_start_sec', 'source_end_sec'];

function find(id: string, song: string, start: number, end: number, facts: Partial<Texture> = {}): Texture {
  const path = song === '' ? '' : `source_audio/${song}.wav`;
  const figures = [path, String(start), String(end)];
  return { id, export: 'e1', sourceTitle: song, figures, ...facts } as Texture;
}

const songs = songsOf(
  [find('c', 'b', 5, 9), find('a', 'b', 1, 2), find('d', 'a', 4, 6), find('none', '', 0, 0)],
  COLUMNS,
);

describe('songs', () => {
  it('hold their finds by place, by title, without what is of no song', () => {
    expect(songs.map(({ title, finds }) => [title, ...finds.map(({ texture }) => texture.id)])).toEqual([
      ['a', 'd'],
      ['b', 'a', 'c'],
    ]);
  });

  it('are walked along, and to about the same time of another', () => {
    expect(findTowards(songs, 'a', 'right')?.id).toBe('c');
    expect(findTowards(songs, 'c', 'right')).toBeNull();
    expect(findTowards(songs, 'd', 'down')?.id).toBe('c');
    expect(findTowards(songs, 'd', 'up')).toBeNull();
    expect(findTowards(songs, 'gone', 'left')?.id).toBe('d');
  });

  it('lay finds into lanes in which none covers another', () => {
    const finds = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 30 }))
        .map(([start, length]): SongFind => {
          return { texture: {} as Texture, startSec: start, endSec: start + length };
        }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(finds, (unsorted) => {
        const sorted = unsorted.toSorted((a, b) => a.startSec - b.startSec);
        const bars = barsOf(sorted, 100, { least: 0.01, gap: 0.002 });
        for (const [i, bar] of bars.entries()) {
          expect(bar.start + bar.length).toBeLessThanOrEqual(1 + 1e-9);
          const same = bars.slice(i + 1).filter(({ lane }) => lane === bar.lane);
          for (const other of same) expect(other.start).toBeGreaterThanOrEqual(bar.start + bar.length);
          expect(findAt(bars, bar.start + bar.length / 2, 0)).not.toBeNull();
        }
        expect(findAt(bars, -1, 0.5)).toBeNull();
      }),
    );
  });
});

describe('cells', () => {
  it('fill the width, two beside each other on a phone', () => {
    expect(cellGrid(390).columns).toBe(2);
    for (const width of [150, 390, 872, 2000]) {
      const grid = cellGrid(width);
      const { left, width: wide } = placeIn(grid, grid.columns - 1);
      expect(left + wide).toBeLessThanOrEqual(Math.max(width, 180));
      expect(placeIn(grid, grid.columns).left).toBe(placeIn(grid, 0).left);
    }
  });

  it('exist where they are seen', () => {
    const grid = cellGrid(872);
    const { first, end } = rowsInView(grid, 10 * grid.rowHeight, 3 * grid.rowHeight);
    expect(first).toBeLessThanOrEqual(10);
    expect(end).toBeGreaterThanOrEqual(13);
    expect(end - first).toBeLessThan(7);
  });
});

describe('the welcome', () => {
  const loop = { start: 0, end: 1 };
  it('is the best loop, or the longest sound, and never a clap', () => {
    const clap = find('clap', 'a', 0, 1, { worth: 1, loop: null, durationSec: 0.084 });
    const swell = find('swell', 'a', 0, 1, { worth: 4, loop: null, durationSec: 6 });
    const good = find('good', 'a', 0, 1, { worth: 3, loop, durationSec: 2 });
    const best = find('best', 'a', 0, 1, { worth: 2, loop, durationSec: 1 });
    const isRejected = ({ id }: { id: string }) => id === 'best';
    expect(welcome([clap, swell, good, best], () => false)?.id).toBe('best');
    expect(welcome([clap, swell, good, best], isRejected)?.id).toBe('good');
    expect(welcome([best], isRejected)?.id).toBe('best');
    expect(welcome([clap, swell], isRejected)?.id).toBe('swell');
    expect(welcome([], isRejected)).toBeUndefined();
  });
});
