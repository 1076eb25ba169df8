/** The palette as songs: each a strip with everything that was found in it. */
import { byId } from '../../report/page/element.ts';
import type { Decision, PaletteAnswer, SourceAnswer, Texture } from '../protocol.ts';
import type { Direction } from './map-grid.ts';
import { findTowards, type SongOfFinds, songsOf } from './song-finds.ts';
import { createSongStrip, type SongStrip } from './song-strip.ts';

/** How far outside of the window strips are drawn already. */
const AHEAD = '200px';

export interface SongsContent {
  readonly shown: readonly Texture[];
  readonly palette: PaletteAnswer;
  decision(texture: Texture): Decision;
}

export interface SongsView {
  show(content: SongsContent): void;
  select(id: string): void;
  /** The find next to the selected one in a direction, of those shown; null at the edge. */
  towards(direction: Direction): Texture | null;
  /** @param id of a texture whose song plays; null: none does @param place parts of the song */
  showPlayhead(id: string | null, place: number): void;
  /** The colours are others. */
  repaint(): void;
}

interface SongsHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
  /** A song is to be played through; it is that of the texture. */
  onThrough(texture: Texture): void;
  source(texture: Texture): Promise<SourceAnswer>;
}

export function createSongsView(handlers: SongsHandlers): SongsView {
  const box = byId('songs');
  let content: SongsContent | null = null;
  let songs: readonly SongOfFinds[] = [];
  let strips = new Map<Element, SongStrip>();
  let selected: string | null = null;
  const inView = new Set<SongStrip>();
  const draw = (strip: SongStrip) => strip.draw({ selected, decision: content!.decision });
  const drawAll = () => {
    for (const strip of inView) draw(strip);
  };
  const watcher = watchView(box, (element, isInView) => {
    const strip = strips.get(element);
    if (!strip) return;
    inView[isInView ? 'add' : 'delete'](strip);
    if (isInView && !strip.isAsked()) strip.take(handlers.source(strip.song.finds[0].texture));
    if (isInView) draw(strip);
  });
  new ResizeObserver(drawAll).observe(box);

  function lay(): void {
    watcher.disconnect();
    inView.clear();
    const made = songs.map((song) =>
      createSongStrip(song, {
        ...handlers,
        onThrough: () => handlers.onThrough(song.finds[0].texture),
        onReady: draw,
      }),
    );
    strips = new Map(made.map((strip) => [strip.box, strip]));
    box.replaceChildren(...strips.keys());
    for (const strip of made) watcher.observe(strip.box);
  }
  const stripOf = (id: string | null) =>
    [...strips.values()].find(({ song }) => song.finds.some(({ texture }) => texture.id === id));
  return {
    show(next) {
      const isOther = next.shown !== content?.shown;
      content = next;
      if (!isOther) {
        drawAll();
        return;
      }
      songs = songsOf(next.shown, next.palette.columns);
      lay();
    },
    select(id) {
      selected = id;
      stripOf(id)?.box.scrollIntoView({ block: 'nearest' });
      drawAll();
    },
    towards: (direction) => findTowards(songs, selected, direction),
    showPlayhead(id, place) {
      const playing = stripOf(id);
      for (const strip of inView) strip.showPlayhead(strip === playing ? place : null);
    },
    repaint: drawAll,
  };
}

/** Tells which strips come into view, or nearly, and which leave it. */
function watchView(box: HTMLElement, onChange: (element: Element, isInView: boolean) => void) {
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) onChange(target, isIntersecting);
    },
    { root: box, rootMargin: AHEAD },
  );
}
