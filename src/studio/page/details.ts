/** The selected texture, told fully. */
import { byId, element } from '../../report/page/element.ts';
import { axisPlace } from '../../report/page/overview.ts';
import { clock, figure, hertz, seconds } from '../../report/page/words.ts';
import type { Decision, PaletteAnswer, Texture } from '../protocol.ts';
import type { Pictures } from './pictures.ts';
import type { Song } from './song.ts';
import { noteOf } from './words.ts';

/** Frequencies that the axis names. */
const AXIS_HZ = [100, 300, 1000, 3000, 10_000];
const MOST_STARS = 5;

export interface Told {
  /** Null: nothing is selected. */
  show(texture: Texture | null, decision: Decision, palette: PaletteAnswer): void;
  /** What sounds alike, nearest first. */
  showSimilar(textures: readonly Texture[]): void;
  showDecision(texture: Texture, decision: Decision): void;
}

export function createTold(
  parts: { readonly pictures: Pictures; readonly song: Song },
  hand: { onChoose(id: string): void; onStars(stars: number): void },
): Told {
  for (const frequency of AXIS_HZ) {
    const mark = element('span', {}, frequency < 1000 ? String(frequency) : `${frequency / 1000}k`);
    mark.style.bottom = `${100 * axisPlace(frequency)}%`;
    byId('axis').append(mark);
  }
  for (let stars = 1; stars <= MOST_STARS; stars++) {
    const star = element('button', { type: 'button', 'aria-label': `${stars} of ${MOST_STARS} stars` }, '★');
    star.addEventListener('click', () => hand.onStars(stars));
    byId('stars').append(star);
  }

  return {
    show(texture, decision, palette) {
      byId('told-all').hidden = texture === null;
      byId('told-none').hidden = texture !== null;
      if (!texture) return;
      const value = (column: string) => texture.figures[palette.columns.indexOf(column)] ?? '';
      byId('place').textContent = whence(value);
      byId('wave').setAttribute('aria-label', `Waveform of ${texture.title}`);
      byId('spectrum').setAttribute('aria-label', spectrumWords(texture));
      byId('letter').textContent = texture.grade;
      byId('reasons').textContent = reasonsOf(texture, value);
      fill(byId('facts'), factsOf(texture, value));
      const all = palette.columns.map((column, i) => [column, texture.figures[i]] as const);
      fill(
        byId('figures'),
        all.filter(([, text]) => text !== ''),
      );
      byId('similar').replaceChildren();
      this.showDecision(texture, decision);
      parts.song.show(texture);
    },
    showDecision(texture, { decision, stars = 0, note = '', name }) {
      byId('name').textContent = name ?? texture.title;
      const keep = byId('keep');
      keep.setAttribute('aria-pressed', String(decision === 'keep'));
      keep.querySelector('span')!.textContent = decision === 'keep' ? 'kept' : 'keep';
      const pass = byId('pass');
      pass.setAttribute('aria-pressed', String(decision === 'reject'));
      pass.querySelector('span')!.textContent = decision === 'reject' ? 'passed over' : 'pass over';
      for (const [i, star] of [...byId('stars').children].entries()) {
        star.setAttribute('aria-pressed', String(i < stars));
      }
      write(byId<HTMLInputElement>('note'), note);
      write(byId<HTMLInputElement>('own-name'), name ?? '');
      byId<HTMLInputElement>('own-name').placeholder = texture.name;
    },
    showSimilar(textures) {
      byId('similar').replaceChildren(
        ...textures.map((texture) => {
          const item = element('li');
          const button = element('button', { type: 'button', class: texture.family }, texture.title);
          button.addEventListener('click', () => hand.onChoose(texture.id));
          item.append(button);
          return item;
        }),
      );
    },
  };
}

/** Not while somebody writes there. */
function write(field: HTMLInputElement, text: string): void {
  if (document.activeElement !== field) field.value = text;
}

type ValueOf = (column: string) => string;

function whence(value: ValueOf): string {
  const file = value('source_path').split('/').at(-1) ?? '';
  if (file === '') return 'made without a source';
  const [start, end] = [value('source_start_sec'), value('source_end_sec')];
  if (start === '' || end === '') return `from ${file}`;
  return `${clock(Number(start))} to ${clock(Number(end))} of ${file}`;
}

/** The grade's reason; where there is none, what the seam measured. */
function reasonsOf({ gradeReasons, loop }: Texture, value: ValueOf): string {
  if (gradeReasons.length > 0) return gradeReasons.join('; ').replaceAll('-', '−');
  if (!loop || value('seam_flux') === '') return 'nothing to hold against it';
  const level = signed(Number(value('seam_level_db')), 1);
  return `seam ${figure(Number(value('seam_flux')), 1)} of its own flux, level ${level} dB`;
}

/** The six figures that matter. */
function factsOf(texture: Texture, value: ValueOf): [string, string][] {
  const { root, lufs, centroidHz, durationSec } = texture;
  const peak = value('true_peak_dbtp');
  return [
    ['length', seconds(durationSec)],
    ['root', root ? `${noteOf(root.note)} ${signed(root.cents, 0)}c` : '–'],
    ['key', value('detected_key') || '–'],
    ['loudness', lufs === null ? '–' : `${figure(lufs, 1)} LUFS`],
    ['true peak', peak === '' ? '–' : `${figure(Number(peak), 1)} dB`],
    ['brightness', centroidHz === null ? '–' : hertz(centroidHz)],
  ];
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '' : '+'}${figure(value, digits)}`;
}

function spectrumWords({ title, centroidHz }: Texture): string {
  const middle = centroidHz === null ? '' : `, centred at ${hertz(centroidHz)}`;
  return `Spectrogram of ${title}${middle}`;
}

function fill(list: HTMLElement, pairs: readonly (readonly [string, string])[]): void {
  list.replaceChildren(
    ...pairs.map(([name, text]) => {
      const pair = element('div');
      pair.append(element('dt', {}, name.replaceAll('_', ' ')), element('dd', {}, text));
      return pair;
    }),
  );
}
