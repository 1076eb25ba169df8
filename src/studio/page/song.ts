/** Where in its song a texture was found, and what else was. */
import { byId, element } from '../../report/page/element.ts';
import { clock } from '../../report/page/words.ts';
import type { SourceAnswer, Texture } from '../protocol.ts';
import { getSource, Unanswered } from './api.ts';

/** Height of the picture, in the numbers of its own drawing. */
const HEIGHT = 100;

export interface Song {
  /** Shows where it was found, once the server has said so. */
  show(texture: Texture): void;
}

/** @param onChoose somebody chose another find of the song */
export function createSong(titleOf: (id: string) => string, onChoose: (id: string) => void): Song {
  const answers = new Map<string, Promise<SourceAnswer>>();
  let shown = '';

  async function show(texture: Texture): Promise<void> {
    shown = texture.id;
    const key = `${texture.id} ${texture.stamp}`;
    const answer = answers.get(key) ?? getSource(texture.id);
    answers.set(key, answer);
    try {
      const source = await answer;
      if (shown === texture.id) draw(source, texture);
    } catch (error) {
      answers.delete(key);
      if (shown === texture.id) tell(error instanceof Unanswered ? error.message : '');
    }
  }

  function draw(source: SourceAnswer, texture: Texture): void {
    const last = source.durationSec ?? Math.max(0, ...source.finds.map(({ endSec }) => endSec));
    byId('song').hidden = !(last > 0);
    byId('song-wave').replaceChildren(waveOf(source.peaks));
    const part = (seconds: number) => `${(100 * Math.max(0, Math.min(last, seconds))) / last}%`;
    const others = source.finds.filter(({ id }) => id !== texture.id);
    const here = source.finds.find(({ id }) => id === texture.id);
    byId('song-finds').replaceChildren(
      ...others.map(({ id, startSec, endSec }) => {
        const words = `${titleOf(id)}, found at ${clock(startSec)}`;
        const mark = element('button', { type: 'button', tabindex: '-1', 'aria-label': words, title: words });
        mark.style.left = part(startSec);
        mark.style.width = part(Math.min(endSec - startSec, last / 60));
        mark.addEventListener('click', () => onChoose(id));
        return mark;
      }),
    );
    if (here) {
      const mark = element('span', { class: 'here' });
      mark.style.left = part(here.startSec);
      mark.style.width = part(here.endSec - here.startSec);
      byId('song-finds').append(mark);
    }
    byId<HTMLButtonElement>('in-song').disabled = source.problem !== null;
    tell(source.problem ?? '');
  }

  function tell(problem: string): void {
    byId('song-problem').textContent = problem;
    byId('song-problem').hidden = problem === '';
  }

  return {
    show(texture) {
      void show(texture);
    },
  };
}

const SVG = 'http://www.w3.org/2000/svg';

function waveOf(peaks: readonly number[]): SVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', `0 0 ${Math.max(1, peaks.length)} ${HEIGHT}`);
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  const most = Math.max(0.01, ...peaks);
  const bars = peaks.map((peak, x) => {
    const half = Math.max(1, (HEIGHT / 2) * (peak / most));
    return `M${x} ${HEIGHT / 2 - half}h.7v${2 * half}h-.7z`;
  });
  path.setAttribute('d', bars.join(''));
  picture.append(path);
  return picture;
}
