/** One song of the view of songs: its levels, and everything that was found in it. */
import { cssColour, mix, styleColour } from '../../report/page/colours.ts';
import { openCanvas } from '../../report/page/drawing.ts';
import { element } from '../../report/page/element.ts';
import { colourProperty } from '../../report/page/families.ts';
import { clock } from '../../report/page/words.ts';
import type { Decision, SourceAnswer, Texture } from '../protocol.ts';
import { barsOf, type FindBar, type SongOfFinds } from './song-finds.ts';
import { counted } from './words.ts';

/** CSS pixels. */
const WAVE_HEIGHT = 46;
const LANE = 10;
const BAR = 7;
const SHORTEST_BAR = 9;
/** The pointer finds a bar within this distance. */
const REACH = 12;
/** Lanes under a song; more finds than they hold lie over each other. */
const MOST_LANES = 10;

export interface StripMarks {
  readonly selected: string | null;
  decision(texture: Texture): Decision;
}

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
  const through = element('button', { type: 'button', 'aria-label': `Play ${song.title} through` }, 'play through');
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
    ...{ box, song, isAsked: () => isAsked },
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
      bars = barsOf(song.finds, songSec, SHORTEST_BAR / Math.max(1, canvas.clientWidth), MOST_LANES);
      const lanes = 1 + Math.max(...bars.map(({ lane }) => lane));
      canvas.style.height = `${WAVE_HEIGHT + 6 + lanes * LANE}px`;
      drawStrip(canvas, source.peaks, bars, marks);
    },
    showPlayhead(place) {
      playhead.hidden = place === null;
      if (place !== null) playhead.style.transform = `translateX(${place * canvas.clientWidth}px)`;
    },
  };
  followPointer(canvas, () => bars, said, handlers);
  return strip;
}

function drawStrip(
  canvas: HTMLCanvasElement,
  peaks: readonly number[],
  bars: readonly FindBar[],
  { selected, decision }: StripMarks,
): void {
  const open = openCanvas(canvas);
  if (!open) return;
  const { pen, all } = open;
  const most = Math.max(0.01, ...peaks);
  pen.fillStyle = cssColour(mix(styleColour('ground'), styleColour('ink'), 0.3));
  for (const [i, peak] of peaks.entries()) {
    const half = Math.max(0.5, (WAVE_HEIGHT / 2) * (peak / most));
    const width = all.width / peaks.length;
    pen.fillRect(i * width, WAVE_HEIGHT / 2 - half, Math.max(0.5, 0.7 * width), 2 * half);
  }
  for (const bar of bars) {
    const { texture } = bar.find;
    const { decision: decided } = decision(texture);
    const [x, width] = [bar.start * all.width, Math.max(SHORTEST_BAR - 2, bar.length * all.width - 2)];
    const y = WAVE_HEIGHT + 6 + bar.lane * LANE;
    const isSelected = texture.id === selected;
    pen.globalAlpha = decided === 'reject' ? 0.35 : isSelected ? 1 : 0.85;
    pen.fillStyle = cssColour(styleColour(isSelected ? 'accent' : colourProperty(texture.family)));
    pen.fillRect(x, y, width, BAR);
    if (isSelected) {
      pen.globalAlpha = 0.16;
      pen.fillRect(x, 0, width, WAVE_HEIGHT);
    }
    pen.globalAlpha = 1;
    if (decided !== 'keep' && texture.rank === null) continue;
    pen.strokeStyle = cssColour(styleColour(decided === 'keep' ? 'accent' : 'ink'));
    pen.strokeRect(x - 0.5, y - 0.5, width + 1, BAR + 1);
  }
}

/** The bar under a point of the picture; in the wave, the one that lies there in time. */
function barAt(bars: readonly FindBar[], x: number, y: number, width: number): FindBar | null {
  let found: FindBar | null = null;
  let least = REACH;
  for (const bar of bars) {
    const [left, right] = [bar.start * width, (bar.start + bar.length) * width];
    const aside = Math.max(left - x, x - right, 0);
    const middle = WAVE_HEIGHT + 6 + bar.lane * LANE + BAR / 2;
    const distance = aside + (y < WAVE_HEIGHT ? bar.lane / MOST_LANES : Math.abs(y - middle));
    if (distance >= least) continue;
    least = distance;
    found = bar;
  }
  return found;
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
