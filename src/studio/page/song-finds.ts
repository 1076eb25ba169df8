/** Songs, and what was found in each: where it begins and ends, and in which lane it is drawn. */
import { groupedBy } from '../../groups.ts';
import type { Texture } from '../protocol.ts';
import type { Direction } from './map-grid.ts';

export interface SongFind {
  readonly texture: Texture;
  readonly startSec: number;
  readonly endSec: number;
}

export interface SongOfFinds {
  /** Export and path: no two songs have the same. */
  readonly key: string;
  readonly title: string;
  /** By place. */
  readonly finds: readonly SongFind[];
}

const inWords = new Intl.Collator('en', { numeric: true }).compare;

/** By title; what was made of no song is left out. */
export function songsOf(textures: readonly Texture[], columns: readonly string[]): SongOfFinds[] {
  const [path, start, end] = ['source_path', 'source_start_sec', 'source_end_sec'].map((column) =>
    columns.indexOf(column),
  );
  const found = textures.filter(({ figures }) => figures[path] !== '');
  const groups = groupedBy(found, ({ export: of, figures }) => `${of} ${figures[path]}`);
  return [...groups]
    .map(([key, own]) => {
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
 * Lays finds into lanes so that none covers another, as far as there are lanes.
 * @param least what a bar is at least long, parts of the song
 */
export function barsOf(
  finds: readonly SongFind[],
  songSec: number,
  least: number,
  laneCount: number,
): FindBar[] {
  const ends: number[] = [];
  return finds.map((find) => {
    const length = Math.min(1, Math.max(least, (find.endSec - find.startSec) / songSec));
    const start = Math.max(0, Math.min(1 - length, find.startSec / songSec));
    let lane = ends.findIndex((end) => end <= start);
    if (lane < 0) lane = ends.length < laneCount ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = start + length + least / 4;
    return { find, start, length, lane };
  });
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
