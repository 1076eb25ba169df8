/** The selected texture, told fully. */
import { readOverview } from './blocks.ts';
import { PLURALS } from './choice.ts';
import { ramp, styleColour } from './colours.ts';
import type { Sheet, SheetTexture } from './contract.ts';
import { drawSpectrogram, drawWave, openCanvas } from './drawing.ts';
import { byId, element } from './element.ts';
import { axisPlace, STEPS } from './overview.ts';
import { clock, figure, hertz, seconds } from './words.ts';

/** Frequencies that the axis names. */
const AXIS_HZ = [100, 300, 1000, 3000, 10_000];

export interface Told {
  show(place: number): void;
  /** Says of a texture that its file was not found. */
  miss(texture: SheetTexture): void;
  /** Draws the pictures again, in the colours and sizes of now. */
  redraw(): void;
}

export function createTold(sheet: Sheet): Told {
  let shown = 0;
  const { columns, textures } = sheet;
  const value = (texture: SheetTexture, column: string) => texture.figures[columns.indexOf(column)] ?? '';

  drawAxis(byId('axis'));

  function redraw(): void {
    const overview = readOverview(shown);
    byId('pictures').hidden = overview === null && document.readyState !== 'loading';
    const wave = openCanvas(byId<HTMLCanvasElement>('wave'));
    const spectrum = openCanvas(byId<HTMLCanvasElement>('spectrum'));
    if (!overview || !wave || !spectrum) return;
    drawWave(wave.pen, wave.all, overview.peaks, styleColour(textures[shown].family));
    const ember = ['ember-0', 'ember-1', 'ember-2', 'ember-3', 'ember-4'].map(styleColour);
    drawSpectrogram(spectrum.pen, spectrum.all, overview, ramp(ember, STEPS));
  }

  /** Where in its source it was found, and where else something was. */
  function showFinds(texture: SheetTexture): void {
    const finds = textures
      .filter(({ source }) => source === texture.source)
      .map((find) => ({
        find,
        start: Number(value(find, 'source_start_sec')),
        end: Number(value(find, 'source_end_sec')),
      }));
    const last = Math.max(...finds.map(({ end }) => end));
    byId('song').hidden = !(last > 0);
    const marks = finds.map(({ find, start, end }) => {
      const mark = element('span', { class: find === texture ? 'here' : '' });
      mark.style.left = `${(100 * start) / last}%`;
      mark.style.width = `${(100 * (end - start)) / last}%`;
      return mark;
    });
    byId('song').replaceChildren(...marks);
  }

  return {
    redraw,
    miss(texture) {
      if (texture !== textures[shown]) return;
      byId('preview').textContent =
        `It cannot be heard here: this page carries no sketch of it, and its file does not lie beside it. In the export folder it is ${texture.path}`;
    },
    show(place) {
      shown = place;
      const texture = textures[place];
      byId('name').textContent = texture.title;
      byId('place').textContent = [whence(texture, value), rankWords(texture)].filter(Boolean).join('; ');
      byId('wave').setAttribute('aria-label', `Waveform of ${texture.title}`);
      byId('spectrum').setAttribute('aria-label', spectrumText(texture));
      byId('letter').textContent = texture.grade;
      byId('reasons').textContent = reasonsOf(texture);
      byId<HTMLAnchorElement>('file').href = texture.href;
      byId('preview').textContent = previewText(texture);
      fillList(byId('facts'), factsOf(texture, value));
      fillList(
        byId('figures'),
        columns.map((column, i) => [column, texture.figures[i]] as const).filter(([, text]) => text !== ''),
      );
      showFinds(texture);
      redraw();
    },
  };
}

type ValueOf = (texture: SheetTexture, column: string) => string;

function whence(texture: SheetTexture, value: ValueOf): string {
  const path = value(texture, 'source_path');
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file === '') return 'made without a source';
  const start = value(texture, 'source_start_sec');
  const end = value(texture, 'source_end_sec');
  if (start === '' || end === '') return `from ${file}`;
  return `${clock(Number(start))} to ${clock(Number(end))} of ${file}`;
}

function reasonsOf({ gradeReasons, grade }: SheetTexture): string {
  if (gradeReasons.length > 0) return gradeReasons.join('; ').replaceAll('-', '−');
  return grade === 'A' ? 'comfortably inside every threshold' : '';
}

function rankWords({ rank, family }: SheetTexture): string {
  return rank === null ? '' : `chosen, number ${rank} of the ${PLURALS[family]}`;
}

/** The six figures that matter. */
function factsOf(texture: SheetTexture, value: ValueOf): [string, string][] {
  const number = (column: string, digits: number, unit = '') => {
    const text = value(texture, column);
    return text === '' ? '–' : `${figure(Number(text), digits)}${unit}`;
  };
  const cents = texture.root === '' ? '' : ` ${signed(Number(value(texture, 'root_cents')))}c`;
  return [
    ['length', seconds(texture.durationSec)],
    ['root', texture.root === '' ? '–' : `${texture.root}${cents}`],
    ['key', value(texture, 'detected_key') || '–'],
    ['loudness', number('lufs', 1, ' LUFS')],
    ['true peak', number('true_peak_dbtp', 1, ' dB')],
    ['brightness', texture.centroidHz === null ? '–' : hertz(texture.centroidHz)],
  ];
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${figure(value, 0)}`;
}

function spectrumText({ title, centroidHz }: SheetTexture): string {
  const middle = centroidHz === null ? '' : `, centred at ${hertz(centroidHz)}`;
  return `Spectrogram of ${title}${middle}`;
}

/** What is heard here is not the file; this says so. */
function previewText({ preview, isLoop, path }: SheetTexture): string {
  if (!preview)
    return `What plays here is the file itself, which lies beside this page: ${path}.${isLoop ? ' Your browser takes it round, perhaps with a gap that the file does not have.' : ''}`;
  const width = preview.channelCount === 1 ? 'mono' : 'stereo';
  const rate = `${figure(preview.sampleRate / 1000, 0)} kHz`;
  return `What plays here is a sketch (${width}, ${rate}, 4 bit)${isLoop ? ', looped to the sample' : ''}. Judge by the full file.`;
}

function fillList(list: HTMLElement, pairs: readonly (readonly [string, string])[]): void {
  list.replaceChildren(
    ...pairs.map(([name, text]) => {
      const pair = element('div');
      pair.append(element('dt', {}, name.replaceAll('_', ' ')), element('dd', {}, text));
      return pair;
    }),
  );
}

function drawAxis(axis: HTMLElement): void {
  for (const frequency of AXIS_HZ) {
    const mark = element('span', {}, frequency < 1000 ? String(frequency) : `${frequency / 1000}k`);
    mark.style.bottom = `${100 * axisPlace(frequency)}%`;
    axis.append(mark);
  }
}
