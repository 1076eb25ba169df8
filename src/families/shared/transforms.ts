import type { TonalSettings } from './tonal-settings.ts';

/** A shift or a stretch of the source, or neither. */
export interface Transform {
  /** Beside the move to `target_key`, which holds for all. */
  readonly semitones: number;
  readonly factor: number;
  /** What it is called in a variant: empty, `pitch+7`, `stretch1.5x`. */
  readonly name: string;
}

/** How many times as long as the original the longest is. */
export function mostStretch({ drones }: TonalSettings): number {
  return Math.max(1, ...drones.time_stretch_factors);
}

/** Shifts at the original time, then stretches at the original pitch; the original comes first. */
export function transforms(drones: TonalSettings['drones']): Transform[] {
  const shifts = drones.pitch_shift_semitones.map((semitones) => ({ semitones, factor: 1 }));
  const stretches = drones.time_stretch_factors.map((factor) => ({ semitones: 0, factor }));
  const byName = new Map<string, Transform>();
  for (const change of [...shifts, ...stretches]) {
    const name = transformName(change);
    byName.set(name, { ...change, name });
  }
  return [...byName.values()].sort((a, b) => Number(b.name === '') - Number(a.name === ''));
}

function transformName({ semitones, factor }: Omit<Transform, 'name'>): string {
  if (semitones !== 0) return `pitch${semitones > 0 ? '+' : ''}${semitones}`;
  return factor === 1 ? '' : `stretch${Number.isInteger(factor) ? factor.toFixed(1) : factor}x`;
}
