/** How figures are written for people. */
import type { SheetTexture } from './contract.ts';
import type { Families } from './families.ts';

/** With a true minus sign. */
export function figure(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

/** `2.14 s`, `0.088 s`. */
export function seconds(value: number): string {
  return `${figure(value, value < 1 ? 3 : 2)} s`;
}

/** A place in a song: `1:48.32`. */
export function clock(value: number): string {
  const minutes = Math.floor(value / 60);
  return `${minutes}:${(value - 60 * minutes).toFixed(2).padStart(5, '0')}`;
}

/** `430 Hz`, `1.7 kHz`. */
export function hertz(value: number): string {
  return value < 1000 ? `${figure(value, 0)} Hz` : `${figure(value / 1000, 1)} kHz`;
}

/** A texture in one sentence, for who does not see it. */
export function accessibleName(texture: SheetTexture, families: Families): string {
  const parts = [
    texture.title,
    families.singular(texture.family),
    seconds(texture.durationSec),
    texture.isLoop ? 'loops' : 'plays once',
    texture.root && `root ${texture.root}`,
    `grade ${texture.grade}`,
    texture.rank !== null && 'chosen',
  ];
  return parts.filter(Boolean).join(', ');
}
