/** Songs, and what was found in each: where it begins and ends, and in which lane it is drawn. */
import { groupedBy } from '../../../groups.ts';
import type { Texture } from '../../protocol.ts';
import type { Direction } from '../map/map-grid.ts';

export interface SongFind {
  readonly texture: Texture;
  readonly startSec: number;
  readonly endSec: number;
}

export interface SongOfFinds {
  /** See {@link songKey}: no two songs have the same. */
  readonly key: string;
  readonly title: string;
  /** By place. */
  readonly finds: readonly SongFind[];
}

const inWords = new Intl.Collator('en', { numeric: true }).compare;

/** By title; what was made of no song is left out. */
export function songsOf(textures: readonly Texture[], columns: readonly string[]): SongOfFinds[] {
  const [start, end] = ['source_start_sec', 'source_end_sec'].map((column) => columns.indexOf(column));
  const groups = groupedBy(textures, (texture) => songKey(texture, columns));
  return [...groups]
    .flatMap(([key, own]) => {
      if (key === null) return [];
      const finds = own.map((texture): SongFind => {
        const startSec = Number(texture.figures[start]);
        return { texture, startSec, endSec: Math.max(startSec, Number(texture.figures[end])) };
      });
      finds.sort((a, b) => a.startSec - b.startSec || a.endSec - b.endSec);
      return { key, title: own[0].sourceTitle, finds };
    })
    .sort((a, b) => inWords(a.title, b.title));
}

/** A find as it is drawn, parts of the song; lanes from 0. */
export interface FindBar {
  readonly find: SongFind;
  readonly start: number;
  readonly length: number;
  readonly lane: number;
}

/**
 * Lays finds into lanes so that none covers another: as many as that takes.
 * @param least what a bar is at least long, parts of the song
 * @param gap between two in a lane, parts of the song
 */
export function barsOf(
  finds: readonly SongFind[],
  songSec: number,
  { least, gap }: { readonly least: number; readonly gap: number },
): FindBar[] {
  const ends: number[] = [];
  return finds.map((find) => {
    const length = Math.min(1, Math.max(least, (find.endSec - find.startSec) / songSec));
    const start = Math.max(0, Math.min(1 - length, find.startSec / songSec));
    const free = ends.findIndex((end) => end <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = start + length + gap;
    return { find, start, length, lane };
  });
}

/** The find at a place of its song, of several the uppermost; else the nearest within reach. All in parts of the song. */
export function findAt(bars: readonly FindBar[], place: number, reach: number): SongFind | null {
  const away = ({ start, length }: FindBar) => Math.max(start - place, place - start - length, 0);
  const [nearest] = bars.toSorted((a, b) => away(a) - away(b) || a.lane - b.lane);
  return nearest && away(nearest) <= reach ? nearest.find : null;
}

/** Of which song a texture is: export and path; null where it is of none. */
export function songKey({ export: of, figures }: Texture, columns: readonly string[]): string | null {
  const path = figures[columns.indexOf('source_path')];
  return path === '' ? null : `${of} ${path}`;
}

/** The find next to one: along its song, or at about the same time of another; null at the edge. */
export function findTowards(
  songs: readonly SongOfFinds[],
  id: string | null,
  direction: Direction,
): Texture | null {
  const row = songs.findIndex(({ finds }) => finds.some(({ texture }) => texture.id === id));
  if (row < 0) return songs[0]?.finds[0].texture ?? null;
  const { finds } = songs[row];
  const at = finds.findIndex(({ texture }) => texture.id === id);
  if (direction === 'left' || direction === 'right') {
    return finds[at + (direction === 'left' ? -1 : 1)]?.texture ?? null;
  }
  const other = songs[row + (direction === 'up' ? -1 : 1)];
  if (!other) return null;
  const distance = ({ startSec }: SongFind) => Math.abs(startSec - finds[at].startSec);
  return other.finds.reduce((best, find) => (distance(find) < distance(best) ? find : best)).texture;
}
