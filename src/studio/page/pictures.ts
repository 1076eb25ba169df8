/** Waveform, seam and spectrogram of the selected texture, drawn from its samples. */
import { cssColour, mix, ramp, styleColour } from '../../report/page/colours.ts';
import { openCanvas } from '../../report/page/drawing.ts';
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { BANDS, COLUMNS, inSlices, spectrogramOf } from './spectrogram.ts';
import type { PageSound } from './wav.ts';

/** What is shown on either side of the seam, seconds. */
const SEAM_SEC = 0.012;
const SHADES = 64;

export interface Pictures {
  /** Empty until the sound is there. */
  show(texture: Texture, sound: PageSound | null): void;
  /** In the colours and sizes of now. */
  redraw(): void;
}

export function createPictures(): Pictures {
  const waveCanvas = byId<HTMLCanvasElement>('wave');
  const seamCanvas = byId<HTMLCanvasElement>('seam-picture');
  const spectrumCanvas = byId<HTMLCanvasElement>('spectrum');
  let shown: { texture: Texture; sound: PageSound } | null = null;
  let levels: Float32Array | null = null;
  let work = new AbortController();

  function drawWaves(): void {
    for (const canvas of [waveCanvas, seamCanvas]) openCanvas(canvas);
    const wave = openCanvas(waveCanvas);
    if (!wave || !shown) return;
    const { texture, sound } = shown;
    const pigment = styleColour(texture.family);
    wave.pen.fillStyle = cssColour(pigment);
    drawEnvelope(wave.pen, wave.all.width, wave.all.height, sound.channels);
    if (!texture.loop) return;
    wave.pen.fillStyle = cssColour(styleColour('accent'));
    for (const x of [0, wave.all.width - 1]) wave.pen.fillRect(x, 0, 1, wave.all.height);
    const seam = openCanvas(seamCanvas);
    if (seam) drawSeam(seam.pen, seam.all.width, seam.all.height, sound, pigment);
  }

  function drawSpectrum(): void {
    const open = openCanvas(spectrumCanvas);
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

  return {
    show(texture, sound) {
      if (sound && shown?.sound === sound && shown.texture.id === texture.id) return;
      work.abort();
      shown = sound && { texture, sound };
      levels = null;
      byId('seam-close').hidden = texture.loop === null;
      drawWaves();
      drawSpectrum();
      if (!sound) return;
      work = new AbortController();
      const whenDone = (made: Float32Array): void => {
        levels = made;
        drawSpectrum();
      };
      inSlices(spectrogramOf(sound, texture.loop !== null), whenDone, work.signal);
    },
    redraw() {
      drawWaves();
      drawSpectrum();
    },
  };
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
function drawSeam(
  pen: CanvasRenderingContext2D,
  width: number,
  height: number,
  { channels, sampleRate }: PageSound,
  pigment: readonly [number, number, number],
): void {
  const [samples] = channels;
  const reach = Math.min(Math.round(SEAM_SEC * sampleRate), samples.length);
  const around = Float32Array.from({ length: 2 * reach }, (_, i) => {
    return samples[(samples.length - reach + i) % samples.length];
  });
  const scale = (0.9 * height) / 2 / Math.max(1e-4, peakOf(around));
  pen.strokeStyle = cssColour(mix(pigment, styleColour('ink'), 0.35));
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (let i = 0; i < around.length; i++) {
    pen.lineTo((i * width) / (around.length - 1), height / 2 - scale * around[i]);
  }
  pen.stroke();
  pen.fillStyle = cssColour(styleColour('accent'));
  pen.fillRect(width / 2 - 0.5, 0, 1, height);
}
