import { type Colour, cssColour } from './colours.ts';
import type { Overview } from './overview.ts';

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

/** @param peaks lowest and highest of each range of time, in turn, ±127 */
export function drawWave(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  peaks: Int8Array,
  colour: Colour,
): void {
  const { left, top, width, height } = frame;
  const middle = top + height / 2;
  const scale = height / 2 / 127;
  const count = peaks.length / 2;
  const x = (i: number) => left + ((i + 0.5) * width) / count;
  pen.beginPath();
  pen.moveTo(left, middle);
  for (let i = 0; i < count; i++) pen.lineTo(x(i), middle - Math.max(0.5, scale * peaks[2 * i + 1]));
  pen.lineTo(left + width, middle);
  for (let i = count - 1; i >= 0; i--) pen.lineTo(x(i), middle + Math.max(0.5, -scale * peaks[2 * i]));
  pen.closePath();
  pen.fillStyle = cssColour(colour);
  pen.fill();
}

/** @param colours one a level */
export function drawSpectrogram(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  { levels, columnCount }: Overview,
  colours: readonly Colour[],
): void {
  const bandCount = levels.length / columnCount;
  const image = new ImageData(columnCount, bandCount);
  for (let column = 0; column < columnCount; column++) {
    for (let band = 0; band < bandCount; band++) {
      const at = 4 * ((bandCount - 1 - band) * columnCount + column);
      image.data.set(colours[levels[column * bandCount + band]], at);
      image.data[at + 3] = 255;
    }
  }
  const small = new OffscreenCanvas(columnCount, bandCount);
  small.getContext('2d')?.putImageData(image, 0, 0);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(small, frame.left, frame.top, frame.width, frame.height);
}
