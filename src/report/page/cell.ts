/** One texture on the contact sheet: its cell, and the pictures in it. */
import { type Colour, mix, ramp, styleColour } from './colours.ts';
import type { SheetTexture } from './contract.ts';
import { drawSpectrogram, drawWave, openCanvas } from './drawing.ts';
import { element } from './element.ts';
import { colourProperty, type Families } from './families.ts';
import { type Overview, STEPS } from './overview.ts';
import { accessibleName, seconds } from './words.ts';

/** Part of a cell's picture that the spectrogram takes; the waveform lies under it. */
const SPECTROGRAM_PART = 0.68;

/** @param place of the texture in the sheet */
export function createCell(texture: SheetTexture, place: number, families: Families): HTMLElement {
  const cell = element('div', {
    class: 'cell',
    role: 'option',
    tabindex: '-1',
    'aria-selected': 'false',
    'aria-label': accessibleName(texture, families),
    'data-family': texture.family,
    'data-place': String(place),
  });
  if (texture.rank !== null) cell.classList.add('chosen');
  const name = element('span', { class: 'name' });
  const source = element('span', { class: 'source' });
  source.textContent = `${texture.source}, `;
  name.append(source, texture.part);
  const facts = element('span', { class: 'facts' });
  for (const fact of [seconds(texture.durationSec), texture.root, texture.grade]) {
    facts.append(element('span', {}, fact));
  }
  cell.append(element('canvas', { 'aria-hidden': 'true' }), name, facts);
  return cell;
}

/** @param shades one a level of the spectrogram */
export function drawCell(
  canvas: HTMLCanvasElement,
  overview: Overview,
  family: string,
  shades: readonly Colour[],
): void {
  const opened = openCanvas(canvas);
  if (!opened) return;
  const { pen, all } = opened;
  const height = Math.round(SPECTROGRAM_PART * all.height);
  drawSpectrogram(pen, { ...all, height }, overview, shades);
  const under = { ...all, top: height + 3, height: all.height - height - 3 };
  drawWave(pen, under, overview.peaks, styleColour(colourProperty(family)));
}

/** The shades of each family's spectrograms, made once a theme. */
export function createShades() {
  const made = new Map<string, readonly Colour[]>();
  return {
    of(family: string): readonly Colour[] {
      const shades = made.get(family) ?? ramp(shadeStops(family), STEPS);
      made.set(family, shades);
      return shades;
    },
    forget: () => made.clear(),
  };
}

/** From the ground through a family's colour nearly to ink. */
function shadeStops(family: string): Colour[] {
  const ground = styleColour('ground');
  const pigment = styleColour(colourProperty(family));
  const parts = [0, 0.12, 0.34, 0.7, 1].map((part) => mix(ground, pigment, part));
  return [...parts, mix(pigment, styleColour('ink'), 0.55)];
}
