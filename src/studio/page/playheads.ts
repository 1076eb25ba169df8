/** Where what sounds is, in its pictures and in its song; moved between frames while something sounds. */
import { byId } from '../../report/page/element.ts';
import type { Listening } from './playback.ts';

/** @param selected the id of the texture that the pictures show */
export function followSound(listening: Listening, selected: () => string | null): void {
  const head = byId('head');
  const songHead = byId('song-head');
  const { player } = listening;
  let frame = 0;

  function move(): void {
    const sounding = player.sounding.get();
    const isHere = sounding !== null && sounding.id === selected();
    const excerpt = listening.excerpt();
    head.hidden = !isHere || sounding.what !== 'texture';
    songHead.hidden = !isHere || excerpt === null;
    const at = player.position();
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
