/** The spectrogram of a texture, made in slices between frames and drawn when it is whole. */
import { ramp, styleColour } from '../../../report/page/colours.ts';
import { openCanvas } from '../../../report/page/drawing.ts';
import type { PageSound } from '../sound/wav.ts';
import { BANDS, COLUMNS, inSlices, spectrogramOf } from './spectrogram.ts';

const SHADES = 64;

export interface SpectrumPicture {
  /** Empty until it is made; null leaves it so. */
  show(sound: PageSound | null, isLoop: boolean): void;
  /** In the colours and sizes of now. */
  redraw(): void;
}

export function createSpectrumPicture(canvas: HTMLCanvasElement): SpectrumPicture {
  let levels: Float32Array | null = null;
  let work = new AbortController();
  const redraw = () => drawSpectrum(canvas, levels);
  return {
    redraw,
    show(sound, isLoop) {
      work.abort();
      levels = null;
      redraw();
      if (!sound) return;
      work = new AbortController();
      const whenDone = (made: Float32Array) => {
        levels = made;
        redraw();
      };
      inSlices(spectrogramOf(sound, isLoop), whenDone, work.signal);
    },
  };
}

/** @param levels as `spectrogramOf` gives them; null: nothing */
function drawSpectrum(canvas: HTMLCanvasElement, levels: Float32Array | null): void {
  const open = openCanvas(canvas);
  if (!open || !levels) return;
  const ember = ['ember-0', 'ember-1', 'ember-2', 'ember-3', 'ember-4'].map(styleColour);
  const shades = ramp(ember, SHADES);
  const image = new ImageData(COLUMNS, BANDS);
  for (let column = 0; column < COLUMNS; column++) {
    for (let band = 0; band < BANDS; band++) {
      const at = 4 * ((BANDS - 1 - band) * COLUMNS + column);
      const level = levels[column * BANDS + band];
      image.data.set(shades[Math.round(level * level ** 0.3 * (SHADES - 1))], at);
      image.data[at + 3] = 255;
    }
  }
  const small = new OffscreenCanvas(COLUMNS, BANDS);
  small.getContext('2d')?.putImageData(image, 0, 0);
  open.pen.imageSmoothingQuality = 'high';
  open.pen.drawImage(small, 0, 0, open.all.width, open.all.height);
}
