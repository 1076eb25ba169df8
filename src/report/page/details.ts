/** Details of the selected texture. */
import { readOverview } from './blocks.ts';
import { ramp, styleColour } from './colours.ts';
import type { Sheet, SheetTexture } from './contract.ts';
import {
  factsOf,
  missingText,
  previewText,
  rankWords,
  reasonsOf,
  spectrumText,
  type ValueOf,
  whence,
} from './details-text.ts';
import { drawSpectrogram, drawWave, openCanvas } from './drawing.ts';
import { byId, element } from './element.ts';
import { colourProperty, createFamilies } from './families.ts';
import { fillFigures } from './figure-list.ts';
import { drawAxis } from './frequency-axis.ts';
import { STEPS } from './overview.ts';

export interface Details {
  show(place: number): void;
  /** Says of a texture that its file was not found. */
  showMissing(texture: SheetTexture): void;
  /** Draws the pictures again, in the colours and sizes of now. */
  redraw(): void;
}

export function createDetails({ columns, textures, families: list }: Sheet): Details {
  let shown = 0;
  const families = createFamilies(list);
  const value: ValueOf = (texture, column) => texture.figures[columns.indexOf(column)] ?? '';
  const redraw = () => drawPictures(shown, textures[shown].family);

  drawAxis(byId('axis'));
  return {
    redraw,
    showMissing(texture) {
      if (texture === textures[shown]) byId('preview').textContent = missingText(texture);
    },
    show(place) {
      shown = place;
      const texture = textures[place];
      const rank = rankWords(texture, families.plural(texture.family));
      byId('name').textContent = texture.title;
      byId('place').textContent = [whence(texture, value), rank].filter(Boolean).join('; ');
      byId('wave').setAttribute('aria-label', `Waveform of ${texture.title}`);
      byId('spectrum').setAttribute('aria-label', spectrumText(texture));
      byId('letter').textContent = texture.grade;
      byId('reasons').textContent = reasonsOf(texture);
      byId<HTMLAnchorElement>('file').href = texture.href;
      byId('preview').textContent = previewText(texture);
      const figures = columns.map((column, i) => [column, texture.figures[i]] as const);
      fillFigures(byId('facts'), factsOf(texture, value));
      fillFigures(
        byId('figures'),
        figures.filter(([, text]) => text !== ''),
      );
      showFinds(texture, textures, value);
      redraw();
    },
  };
}

function drawPictures(place: number, family: string): void {
  const overview = readOverview(place);
  byId('pictures').hidden = overview === null && document.readyState !== 'loading';
  const wave = openCanvas(byId<HTMLCanvasElement>('wave'));
  const spectrum = openCanvas(byId<HTMLCanvasElement>('spectrum'));
  if (!overview || !wave || !spectrum) return;
  drawWave(wave.pen, wave.all, overview.peaks, styleColour(colourProperty(family)));
  const ember = ['ember-0', 'ember-1', 'ember-2', 'ember-3', 'ember-4'].map(styleColour);
  drawSpectrogram(spectrum.pen, spectrum.all, overview, ramp(ember, STEPS));
}

/** Where in its source a texture was found, and where else something was. */
function showFinds(texture: SheetTexture, textures: readonly SheetTexture[], value: ValueOf): void {
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
