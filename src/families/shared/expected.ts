/** How many textures there will be, as makers predict it. */
import type { SharedSettings } from '../../settings/shared.ts';
import type { ExpectedTexture } from '../family.ts';

/** Some are made for certain, the rest of them if analysis allows it. */
export interface Count {
  readonly certain: number;
  readonly most: number;
}

/** How many lengths of loop are made: off the grid the family's own, on it the bar lengths, if a tempo is detected. */
export function lengthCount(
  own: number,
  { snap_to_grid, bar_lengths, reference_bpm }: SharedSettings['musicality'],
): Count {
  if (!snap_to_grid || reference_bpm === null) return { certain: own, most: own };
  const onGrid = bar_lengths.length;
  if (reference_bpm !== 'detect') return { certain: onGrid, most: onGrid };
  return { certain: Math.min(own, onGrid), most: Math.max(own, onGrid) };
}

/** Textures that differ in their variant. */
export function varied(
  naming: string,
  variants: readonly string[],
  isCertain: (variant: string) => boolean,
): ExpectedTexture[] {
  return variants.map((variant, i) => ({ naming, index: i + 1, variant, certain: isCertain(variant) }));
}

/** As many as are detected: one name with its number open, rather than a list of what mostly never comes. */
export function asDetected(naming: string, most: number): ExpectedTexture[] {
  return most > 0 ? [{ naming, index: null, variant: '', certain: false, most }] : [];
}

/** Textures numbered from 1. */
export function numbered(naming: string, { certain, most }: Count, variant = ''): ExpectedTexture[] {
  return Array.from({ length: most }, (_, i) => ({ naming, variant, index: i + 1, certain: i < certain }));
}
