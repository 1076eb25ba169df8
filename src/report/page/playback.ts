/** Playing the selected texture, and showing that it plays. */
import { readSound } from './blocks.ts';
import type { SheetTexture } from './contract.ts';
import { announce, byId } from './element.ts';
import { createPlayer, type Player } from './player.ts';

export interface Playback {
  isPlaying(): boolean;
  /** @param place of the texture in the sheet */
  play(place: number): void;
  stop(): void;
}

/**
 * @param cellAt the cell of a texture, which shows that it plays
 * @param onMissing called where the file of a texture without preview cannot be played
 */
export function createPlayback(
  textures: readonly SheetTexture[],
  cellAt: (place: number) => HTMLElement,
  onMissing: (texture: SheetTexture) => void,
): Playback {
  let current = 0;
  const player = createPlayer(() => show());
  const show = createPlayingMark(player, () => cellAt(current));

  function playPreview(place: number, texture: SheetTexture): void {
    const plays = player.play((rate) => readSound(place, texture, rate), texture.isLoop);
    announce(plays ? playWords(texture) : 'the page is still being read');
  }
  function playFile(texture: SheetTexture): void {
    player.playFile(texture.href, texture.isLoop, () => {
      onMissing(texture);
      announce(`${texture.title} does not lie beside this page`);
    });
    announce(`${playWords(texture)}, from its file`);
  }
  return {
    isPlaying: player.isPlaying,
    play(place) {
      current = place;
      const texture = textures[place];
      if (texture.preview) playPreview(place, texture);
      else playFile(texture);
      show();
    },
    stop() {
      if (!player.isPlaying()) return;
      player.stop();
      show();
      announce('silence');
    },
  };
}

/** @returns shows what plays: at its cell, at the button, and in the pictures, where it moves on until it is over */
function createPlayingMark(player: Player, cell: () => HTMLElement): () => void {
  let marked: HTMLElement | null = null;
  function move(): void {
    if (!player.isPlaying()) return;
    document.documentElement.style.setProperty('--position', String(player.position()));
    requestAnimationFrame(move);
  }
  return () => {
    marked?.classList.remove('sounds');
    marked = player.isPlaying() ? cell() : null;
    marked?.classList.add('sounds');
    byId('play').textContent = marked ? 'stop' : 'play';
    byId('playhead').hidden = !marked;
    if (marked) requestAnimationFrame(move);
  };
}

function playWords({ title, isLoop }: SheetTexture): string {
  return `plays ${title}${isLoop ? ', looping' : ''}`;
}
