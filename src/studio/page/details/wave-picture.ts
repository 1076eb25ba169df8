/** Waveform and seam of a texture, drawn from its samples. */
import { cssColour, mix, styleColour } from '../../../report/page/colours.ts';
import { openCanvas } from '../../../report/page/drawing.ts';
import { colourProperty } from '../../../report/page/families.ts';
import type { Texture } from '../../protocol.ts';
import type { PageSound } from '../sound/wav.ts';

/** What is shown on either side of the seam, seconds. */
const SEAM_SEC = 0.012;

/** A loop's two ends are marked. */
export function drawWave(canvas: HTMLCanvasElement, texture: Texture, sound: PageSound): void {
  const open = openCanvas(canvas);
  if (!open) return;
  const { pen, all } = open;
  pen.fillStyle = cssColour(styleColour(colourProperty(texture.family)));
  drawEnvelope(pen, all.width, all.height, sound.channels);
  if (!texture.loop) return;
  pen.fillStyle = cssColour(styleColour('accent'));
  for (const x of [0, all.width - 1]) pen.fillRect(x, 0, 1, all.height);
}

/** The highest and lowest sample of each pixel, all channels together; the highest peak fills the height. */
function drawEnvelope(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  channels: PageSound['channels'],
): void {
  const { length } = channels[0];
  const highest = Math.max(1e-4, ...channels.map(peakOf));
  const scale = (0.96 * height) / 2 / highest;
  const step = 0.5;
  for (let x = 0; x < width; x += step) {
    const first = Math.floor((x * length) / width);
    const last = Math.max(first + 1, Math.floor(((x + step) * length) / width));
    let low = 0;
    let high = 0;
    for (const channel of channels) {
      for (let n = first; n < last; n++) {
        if (channel[n] < low) low = channel[n];
        if (channel[n] > high) high = channel[n];
      }
    }
    const top = height / 2 - scale * high;
    pen.fillRect(x, top, step, Math.max(1, scale * (high - low)));
  }
}

function peakOf(samples: Float32Array): number {
  let most = 0;
  for (const sample of samples) most = Math.max(most, Math.abs(sample));
  return most;
}

/** The last milliseconds, and the first after them, as they follow each other when it goes round. */
export function drawSeam(
  canvas: HTMLCanvasElement,
  { family }: Texture,
  { channels, sampleRate }: PageSound,
): void {
  const open = openCanvas(canvas);
  if (!open) return;
  const { pen, all } = open;
  const { width, height } = all;
  const [samples] = channels;
  const reach = Math.min(Math.round(SEAM_SEC * sampleRate), samples.length);
  const around = Float32Array.from({ length: 2 * reach }, (_, i) => {
    return samples[(samples.length - reach + i) % samples.length];
  });
  const scale = (0.9 * height) / 2 / Math.max(1e-4, peakOf(around));
  pen.strokeStyle = cssColour(mix(styleColour(colourProperty(family)), styleColour('ink'), 0.35));
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (let i = 0; i < around.length; i++) {
    pen.lineTo((i * width) / (around.length - 1), height / 2 - scale * around[i]);
  }
  pen.stroke();
  pen.fillStyle = cssColour(styleColour('accent'));
  pen.fillRect(width / 2 - 0.5, 0, 1, height);
}
