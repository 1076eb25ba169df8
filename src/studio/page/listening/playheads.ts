/** Where playback is, in the pictures and in the song; moved between frames while something plays. */
import { byId } from '../../../report/page/element.ts';
import type { Player } from '../sound/player.ts';
import type { Playback } from './playback.ts';

/**
 * @param selected the id of the texture that the pictures show
 * @param isOfItsSong whether a texture is of the same song as that one
 * @param onSong is told of which texture the song plays, and where it is, parts of it; null: none does
 */
export function followPlayback(
  player: Player,
  playback: Playback,
  selected: () => string | null,
  isOfItsSong: (id: string) => boolean,
  onSong: (id: string | null, place: number) => void,
): void {
  const head = byId('playhead');
  const songHead = byId('song-playhead');
  let frame = 0;

  function move(): void {
    const sounding = player.sounding.get();
    const isHere = sounding !== null && sounding.id === selected();
    const excerpt = playback.excerpt();
    head.hidden = !isHere || sounding.what !== 'texture';
    songHead.hidden = !sounding || excerpt === null || !isOfItsSong(sounding.id);
    const at = player.position();
    onSong(excerpt && sounding ? sounding.id : null, excerpt ? excerpt.start + at * excerpt.length : 0);
    head.style.transform = `translateX(${at * (head.parentElement?.clientWidth ?? 0)}px)`;
    if (excerpt) {
      const place = (excerpt.start + at * excerpt.length) * (songHead.parentElement?.clientWidth ?? 0);
      songHead.style.transform = `translateX(${place}px)`;
    }
    frame = sounding ? requestAnimationFrame(move) : 0;
  }

  player.sounding.watch(() => {
    if (frame === 0) frame = requestAnimationFrame(move);
  });
}
