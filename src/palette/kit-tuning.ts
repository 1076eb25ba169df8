/** Textures brought to notes of equal temperament at A = 440 Hz, those whose root is clear. */
import type { Families } from '../config/settings.ts';
import { atan2, cos, sin } from '../dsp/maths.ts';
import { familyOf } from '../families/lookup.ts';
import { groupedBy } from '../groups.ts';
import { movedTexture } from './move-pitch.ts';
import type { KitTexture } from './texture-choice.ts';
import type { TuneMode } from './wishes.ts';

/** What a root is measured to, and half of what is heard: smaller moves are left, cents. */
const LEAST_CENTS = 2;
/** How much the roots of a source must agree for it to have a tuning, 0 to 1: they lie within 15 cents or so of it. */
const AGREE = 0.6;

/** The textures as they will be, in their order. Hits stay as they were struck. */
export function tuned(
  textures: readonly KitTexture[],
  mode: TuneMode,
  families: Families,
): readonly KitTexture[] {
  if (mode === 'off') return textures;
  const areTones = ({ family }: KitTexture) => familyOf(family, families).pitch === 'tones';
  const tunings = mode === '440' ? sourceTunings(textures.filter(areTones)) : new Map<string, number>();
  return textures.map((texture) => {
    const { root, source } = texture;
    if (root === null || !areTones(texture)) return texture;
    // The note in the tuning of the source, which may be the next one by A = 440 Hz.
    const steps = Math.round((root.cents - (tunings.get(source) ?? 0)) / 100);
    const cents = 100 * steps - root.cents;
    if (Math.abs(cents) < LEAST_CENTS) return texture;
    return movedTexture(texture, { semitones: 0, cents }, steps);
  });
}

/** By how many cents each source lies beside A = 440 Hz, -50 to 50, by its textures' roots; those that agree on none are left out. */
function sourceTunings(textures: readonly KitTexture[]): Map<string, number> {
  const tunings = new Map<string, number>();
  for (const [source, own] of groupedBy(textures, (texture) => texture.source)) {
    let [x, y, sum] = [0, 0, 0];
    // Round the circle of a semitone, so that 49 cents sharp and 49 flat are near each other.
    for (const { root } of own) {
      if (root === null) continue;
      const angle = (2 * Math.PI * root.cents) / 100;
      x += root.confidence * cos(angle);
      y += root.confidence * sin(angle);
      sum += root.confidence;
    }
    if (sum > 0 && Math.sqrt(x * x + y * y) >= AGREE * sum) {
      tunings.set(source, (100 * atan2(y, x)) / (2 * Math.PI));
    }
  }
  return tunings;
}
