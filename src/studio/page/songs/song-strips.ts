/** The strips of songs, one under the other; the levels of each are asked for when it comes into view. */
import type { SourceAnswer, Texture } from '../../protocol.ts';
import type { SongOfFinds } from './song-finds.ts';
import { createSongStrip, type SongStrip } from './song-strip.ts';

/** How far outside of the window strips are drawn already. */
const AHEAD = '200px';

export interface SongStrips {
  /** Instead of those that are there. */
  lay(songs: readonly SongOfFinds[]): void;
  /** The one on which a texture lies. */
  of(id: string | null): SongStrip | undefined;
  readonly inView: ReadonlySet<SongStrip>;
}

export interface StripsHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
  /** A song is to be played through; it is that of the texture. */
  onThrough(texture: Texture): void;
  /** That is to end. */
  onStop(): void;
  source(texture: Texture): Promise<SourceAnswer>;
}

/** @param draw is called for what comes into view, and once its levels are there */
export function createSongStrips(
  box: HTMLElement,
  handlers: StripsHandlers,
  draw: (strip: SongStrip) => void,
): SongStrips {
  let strips = new Map<Element, SongStrip>();
  const inView = new Set<SongStrip>();
  const change = (strip: SongStrip, isInView: boolean): void => {
    inView[isInView ? 'add' : 'delete'](strip);
    if (!isInView) return;
    if (!strip.isAsked()) strip.take(handlers.source(strip.song.finds[0].texture));
    draw(strip);
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const strip = strips.get(target);
        if (strip) change(strip, isIntersecting);
      }
    },
    { root: box, rootMargin: AHEAD },
  );
  return {
    inView,
    of: (id) => [...strips.values()].find(({ song }) => song.finds.some(({ texture }) => texture.id === id)),
    lay(songs) {
      watcher.disconnect();
      inView.clear();
      const made = songs.map((song) => {
        const onThrough = () => handlers.onThrough(song.finds[0].texture);
        return createSongStrip(song, { ...handlers, onThrough, onReady: draw });
      });
      strips = new Map(made.map((strip) => [strip.box, strip]));
      box.replaceChildren(...strips.keys());
      for (const strip of made) watcher.observe(strip.box);
    },
  };
}
