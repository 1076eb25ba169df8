/** One song of the view of songs: its levels, and everything that was found in it. */
import { element } from '../../report/page/element.ts';
import { clock } from '../../report/page/words.ts';
import type { SourceAnswer, Texture } from '../protocol.ts';
import type { FindBar, SongOfFinds } from './song-finds.ts';
import { barAt, drawStrip, type StripMarks } from './song-strip-picture.ts';
import { counted } from './words.ts';

export interface SongStrip {
  readonly box: HTMLElement;
  readonly song: SongOfFinds;
  /** Its levels are asked for once it is in view. */
  readonly isAsked: () => boolean;
  take(source: Promise<SourceAnswer>): void;
  draw(marks: StripMarks): void;
  /** Parts of the song; null: it does not play. */
  showPlayhead(place: number | null): void;
}

interface StripHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
  onThrough(): void;
  onReady(strip: SongStrip): void;
}

export function createSongStrip(song: SongOfFinds, handlers: StripHandlers): SongStrip {
  const box = element('section', { class: 'strip', 'aria-label': song.title });
  const facts = element('span', { class: 'strip-facts' }, counted(song.finds.length, 'find'));
  const said = element('span', { class: 'strip-said', 'aria-hidden': 'true' });
  const through = element(
    'button',
    { type: 'button', 'aria-label': `Play ${song.title} through` },
    'play through',
  );
  through.addEventListener('click', handlers.onThrough);
  const head = element('div', { class: 'strip-head' });
  head.append(element('h3', {}, song.title), facts, said, through);
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const playhead = element('div', { class: 'strip-playhead' });
  playhead.hidden = true;
  const picture = element('div', { class: 'strip-picture' });
  picture.append(canvas, playhead);
  box.append(head, picture);
  let source: SourceAnswer | null = null;
  let isAsked = false;
  let bars: FindBar[] = [];
  const strip: SongStrip = {
    box,
    song,
    isAsked: () => isAsked,
    take(coming) {
      isAsked = true;
      coming.then(
        (answer) => {
          source = answer;
          const { durationSec, problem } = answer;
          if (durationSec !== null) facts.textContent += `, ${clock(durationSec)}`;
          through.hidden = problem !== null;
          handlers.onReady(strip);
        },
        () => {
          isAsked = false;
        },
      );
    },
    draw(marks) {
      if (!source) return;
      const songSec = source.durationSec ?? Math.max(...song.finds.map(({ endSec }) => endSec), 1);
      bars = drawStrip(canvas, { finds: song.finds, songSec, peaks: source.peaks }, marks);
    },
    showPlayhead(place) {
      playhead.hidden = place === null;
      if (place !== null) playhead.style.transform = `translateX(${place * canvas.clientWidth}px)`;
    },
  };
  followPointer(canvas, () => bars, said, handlers);
  return strip;
}

function followPointer(
  canvas: HTMLCanvasElement,
  bars: () => readonly FindBar[],
  said: HTMLElement,
  { onChoose, onHover }: StripHandlers,
): void {
  let hovered: Texture | null = null;
  const at = ({ offsetX, offsetY }: MouseEvent) => barAt(bars(), offsetX, offsetY, canvas.clientWidth);
  const point = (bar: FindBar | null) => {
    const texture = bar?.find.texture ?? null;
    if (texture === hovered) return;
    hovered = texture;
    canvas.classList.toggle('found', bar !== null);
    said.textContent = bar ? `${bar.find.texture.part}, ${clock(bar.find.startSec)}` : '';
    onHover(texture);
  };
  canvas.addEventListener('pointermove', (event) => point(at(event)));
  canvas.addEventListener('pointerleave', () => point(null));
  canvas.addEventListener('click', (event) => {
    const bar = at(event);
    if (bar) onChoose(bar.find.texture);
  });
}
