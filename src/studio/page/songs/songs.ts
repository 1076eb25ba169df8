/** The palette as songs: each a strip with everything that was found in it. */
import { byId } from '../../../report/page/element.ts';
import { createFamilies } from '../../../report/page/families.ts';
import type { Decision, PaletteAnswer, Texture } from '../../protocol.ts';
import type { Direction } from '../map/map-grid.ts';
import { type MarkedIds, NOTHING_MARKED } from '../state/marked-ids.ts';
import { findTowards, type SongOfFinds, songsOf } from './song-finds.ts';
import type { SongStrip } from './song-strip.ts';
import { createSongStrips, type StripsHandlers } from './song-strips.ts';

interface SongsContent {
  readonly shown: readonly Texture[];
  readonly palette: PaletteAnswer;
  decision(texture: Texture): Decision;
}

export interface SongsView {
  show(content: SongsContent): void;
  select(id: string): void;
  mark(changes: Partial<MarkedIds>): void;
  /** @param id of a texture whose song is played through; null: none is */
  setThrough(id: string | null): void;
  /** The find next to the selected one in a direction, of those shown; null at the edge. */
  towards(direction: Direction): Texture | null;
  /** @param id of a texture whose song plays; null: none does @param place parts of the song */
  showPlayhead(id: string | null, place: number): void;
  /** The colours are others. */
  repaint(): void;
}

export function createSongsView(handlers: StripsHandlers): SongsView {
  const box = byId('songs');
  let content: SongsContent | null = null;
  let songs: readonly SongOfFinds[] = [];
  let marks: MarkedIds = NOTHING_MARKED;
  let through: string | null = null;
  /** Strips are laid once they are seen: an archive may have thousands of songs. */
  let isLaid = false;
  const strips = createSongStrips(box, handlers, draw);
  function draw(strip: SongStrip): void {
    const { palette, decision } = content!;
    strip.draw({ families: createFamilies(palette.families), decision, marks });
    strip.setThrough(strip === strips.of(through));
  }
  const drawAll = () => {
    for (const strip of strips.inView) draw(strip);
  };
  const reveal = () => strips.of(marks.selected)?.box.scrollIntoView({ block: 'nearest' });

  function lay(): void {
    isLaid = content !== null && box.clientHeight > 0;
    if (!isLaid) return;
    strips.lay(songs);
    reveal();
  }
  new ResizeObserver(() => {
    if (isLaid) drawAll();
    else lay();
  }).observe(box);
  return {
    show(next) {
      const isOther = next.shown !== content?.shown;
      content = next;
      if (isOther) {
        songs = songsOf(next.shown, next.palette.columns);
        lay();
      } else drawAll();
    },
    select(id) {
      marks = { ...marks, selected: id };
      reveal();
      drawAll();
    },
    mark(changes) {
      marks = { ...marks, ...changes };
      drawAll();
    },
    setThrough(id) {
      through = id;
      drawAll();
    },
    towards: (direction) => findTowards(songs, marks.selected, direction),
    showPlayhead(id, place) {
      const playing = strips.of(id);
      for (const strip of strips.inView) strip.showPlayhead(strip === playing ? place : null);
    },
    repaint: drawAll,
  };
}
