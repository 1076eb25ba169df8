/** One song of the view of songs: its levels, and everything that was found in it. */
import { element } from '../../../report/page/element.ts';
import { clock } from '../../../report/page/words.ts';
import type { SourceAnswer, Texture } from '../../protocol.ts';
import { counted } from '../state/words.ts';
import { type BarsContent, createSongBars, type SongBars } from './song-bars.ts';
import type { SongFind, SongOfFinds } from './song-finds.ts';
import { drawLevels } from './song-strip-picture.ts';

export interface SongStrip {
  readonly box: HTMLElement;
  readonly song: SongOfFinds;
  /** Its levels are asked for once it is in view. */
  readonly isAsked: () => boolean;
  take(source: Promise<SourceAnswer>): void;
  draw(content: BarsContent): void;
  /** Whether it is played through: its button stops it then. */
  setThrough(isPlayed: boolean): void;
  /** Parts of the song; null: it does not play. */
  showPlayhead(place: number | null): void;
}

interface StripHandlers {
  onChoose(texture: Texture): void;
  onHover(texture: Texture | null): void;
  onThrough(): void;
  onStop(): void;
  onReady(strip: SongStrip): void;
}

export function createSongStrip(song: SongOfFinds, handlers: StripHandlers): SongStrip {
  const box = element('section', { class: 'strip', 'aria-label': song.title });
  const facts = element('span', { class: 'strip-facts' }, counted(song.finds.length, 'find'));
  const said = element('span', { class: 'strip-said', 'aria-hidden': 'true' });
  const through = createThrough(song.title, handlers);
  const head = element('div', { class: 'strip-head' });
  head.append(element('h3', {}, song.title), facts, said, through.button);
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const bars = createSongBars(song.finds);
  const playhead = element('div', { class: 'strip-playhead' });
  playhead.hidden = true;
  const picture = element('div', { class: 'strip-picture' });
  picture.append(canvas, bars.box, playhead);
  box.append(head, picture);
  let source: SourceAnswer | null = null;
  let isAsked = false;
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
          through.button.hidden = problem !== null;
          handlers.onReady(strip);
        },
        () => {
          isAsked = false;
        },
      );
    },
    draw(content) {
      if (!source) return;
      drawLevels(canvas, source.peaks);
      bars.show(source.durationSec ?? Math.max(...song.finds.map(({ endSec }) => endSec), 1), content);
    },
    setThrough: through.set,
    showPlayhead(place) {
      playhead.hidden = place === null;
      if (place !== null) playhead.style.transform = `translateX(${place * canvas.clientWidth}px)`;
    },
  };
  followPointer(picture, canvas, bars, said, handlers);
  return strip;
}

/** The button that plays the song through, and stops that. */
function createThrough(title: string, { onThrough, onStop }: StripHandlers) {
  const button = element('button', { type: 'button', class: 'through' });
  let isPlayed = false;
  const set = (next: boolean) => {
    isPlayed = next;
    button.textContent = isPlayed ? 'stop' : 'play through';
    button.setAttribute('aria-label', isPlayed ? `Stop ${title}` : `Play ${title} through`);
    button.classList.toggle('active', isPlayed);
  };
  set(false);
  button.addEventListener('click', () => (isPlayed ? onStop() : onThrough()));
  return { button, set };
}

/** A find is met at its bar, and in the levels above it. */
function followPointer(
  picture: HTMLElement,
  canvas: HTMLElement,
  bars: SongBars,
  said: HTMLElement,
  { onChoose, onHover }: StripHandlers,
): void {
  let hovered: Texture | null = null;
  const at = ({ target, offsetX }: MouseEvent) =>
    target === canvas ? bars.at(offsetX / Math.max(1, canvas.clientWidth)) : bars.of(target);
  const point = (find: SongFind | null) => {
    const texture = find?.texture ?? null;
    if (texture === hovered) return;
    hovered = texture;
    canvas.classList.toggle('found', find !== null);
    said.textContent = find ? `${find.texture.part}, ${clock(find.startSec)}` : '';
    onHover(texture);
  };
  picture.addEventListener('pointermove', (event) => point(at(event)));
  picture.addEventListener('pointerleave', () => point(null));
  // The view keeps the focus, so that arrows go on from what was pressed.
  picture.addEventListener('mousedown', (event) => {
    event.preventDefault();
    picture.closest<HTMLElement>('#songs')?.focus({ preventScroll: true });
  });
  picture.addEventListener('click', (event) => {
    const find = at(event);
    if (find) onChoose(find.texture);
  });
}
