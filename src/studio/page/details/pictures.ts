/** Waveform, seam and spectrogram of the selected texture. */
import { openCanvas } from '../../../report/page/drawing.ts';
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { PageSound } from '../sound/wav.ts';
import { createSpectrumPicture } from './spectrum-picture.ts';
import { drawSeam, drawWave } from './wave-picture.ts';

export interface Pictures {
  /** Empty until the sound is there. */
  show(texture: Texture, sound: PageSound | null): void;
  /** In the colours and sizes of now. */
  redraw(): void;
}

export function createPictures(): Pictures {
  const wave = byId<HTMLCanvasElement>('wave');
  const seam = byId<HTMLCanvasElement>('seam-picture');
  const spectrum = createSpectrumPicture(byId<HTMLCanvasElement>('spectrum'));
  let shown: { texture: Texture; sound: PageSound } | null = null;

  function drawWaves(): void {
    for (const canvas of [wave, seam]) openCanvas(canvas);
    if (!shown) return;
    drawWave(wave, shown.texture, shown.sound);
    if (shown.texture.loop) drawSeam(seam, shown.texture, shown.sound);
  }
  return {
    show(texture, sound) {
      if (sound && shown?.sound === sound && shown.texture.id === texture.id) return;
      shown = sound && { texture, sound };
      byId('seam-close').hidden = texture.loop === null;
      drawWaves();
      spectrum.show(sound, texture.loop !== null);
    },
    redraw() {
      drawWaves();
      spectrum.redraw();
    },
  };
}
