import { type Colour, cssColour } from './colours.ts';
import { BAND_COUNT, COLUMN_COUNT, PEAK_COUNT } from './overview.ts';

/** A rectangle of a canvas, in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Makes a canvas as fine as the screen.
 * @returns where to draw in CSS pixels, all of it clear; null where the canvas has no size
 */
export function openCanvas(canvas: HTMLCanvasElement): { pen: CanvasRenderingContext2D; all: Frame } | null {
  const { clientWidth: width, clientHeight: height } = canvas;
  const pen = canvas.getContext('2d');
  if (!pen || width === 0 || height === 0) return null;
  const scale = Math.min(2, window.devicePixelRatio);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  pen.scale(scale, scale);
  return { pen, all: { left: 0, top: 0, width, height } };
}

/** @param peaks lowest and highest of each stretch, in turn, ±127 */
export function drawWave(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  peaks: Int8Array,
  colour: Colour,
): void {
  const { left, top, width, height } = frame;
  const middle = top + height / 2;
  const scale = height / 2 / 127;
  const x = (i: number) => left + ((i + 0.5) * width) / PEAK_COUNT;
  pen.beginPath();
  pen.moveTo(left, middle);
  for (let i = 0; i < PEAK_COUNT; i++) pen.lineTo(x(i), middle - Math.max(0.5, scale * peaks[2 * i + 1]));
  pen.lineTo(left + width, middle);
  for (let i = PEAK_COUNT - 1; i >= 0; i--) pen.lineTo(x(i), middle + Math.max(0.5, -scale * peaks[2 * i]));
  pen.closePath();
  pen.fillStyle = cssColour(colour);
  pen.fill();
}

/**
 * @param levels a column after the other, each from low to high
 * @param colours one a level
 */
export function drawSpectrogram(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  levels: Uint8Array,
  colours: readonly Colour[],
): void {
  const image = new ImageData(COLUMN_COUNT, BAND_COUNT);
  for (let column = 0; column < COLUMN_COUNT; column++) {
    for (let band = 0; band < BAND_COUNT; band++) {
      const at = 4 * ((BAND_COUNT - 1 - band) * COLUMN_COUNT + column);
      image.data.set(colours[levels[column * BAND_COUNT + band]], at);
      image.data[at + 3] = 255;
    }
  }
  const small = new OffscreenCanvas(COLUMN_COUNT, BAND_COUNT);
  small.getContext('2d')?.putImageData(image, 0, 0);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(small, frame.left, frame.top, frame.width, frame.height);
}
