/** The picture of a song: its levels, and where in it something was found. */
import { byId, element } from '../../../report/page/element.ts';
import { clock } from '../../../report/page/words.ts';
import type { SourceAnswer } from '../../protocol.ts';

/** Height of the picture, in the numbers of its own drawing. */
const HEIGHT = 100;
/** The marks of other finds are at most this wide, parts of the song. */
const MARK_PART = 1 / 60;

/**
 * @param id of the texture that is shown
 * @param onChoose somebody chose another find of the song
 */
export function drawSong(
  source: SourceAnswer,
  id: string,
  titleOf: (id: string) => string,
  onChoose: (id: string) => void,
): void {
  const last = source.durationSec ?? Math.max(0, ...source.finds.map(({ endSec }) => endSec));
  byId('song').hidden = !(last > 0);
  byId('song-wave').replaceChildren(waveOf(source.peaks));
  const part = (seconds: number) => `${(100 * Math.max(0, Math.min(last, seconds))) / last}%`;
  const others = source.finds.filter((find) => find.id !== id);
  const here = source.finds.find((find) => find.id === id);
  byId('song-finds').replaceChildren(
    ...others.map(({ id, startSec, endSec }) => {
      const words = `${titleOf(id)}, found at ${clock(startSec)}`;
      const mark = element('button', { type: 'button', tabindex: '-1', 'aria-label': words, title: words });
      mark.style.left = part(startSec);
      mark.style.width = part(Math.min(endSec - startSec, last * MARK_PART));
      mark.addEventListener('click', () => onChoose(id));
      return mark;
    }),
  );
  if (!here) return;
  const mark = element('span', { class: 'here' });
  mark.style.left = part(here.startSec);
  mark.style.width = part(here.endSec - here.startSec);
  byId('song-finds').append(mark);
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
