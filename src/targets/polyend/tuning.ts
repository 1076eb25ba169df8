import type { PtiHeader } from '../../formats/pti.ts';
import type { TargetTexture } from '../target.ts';
import { clearRoot } from '../wav-facts.ts';
import { MIDDLE_KEY } from '../zone-layout.ts';

const OCTAVE = 12;

/**
 * A `.pti` says no root, and at a C the device plays a sound at its own speed. How far the sound is moved instead, so that a C,
 * of whichever octave, is heard as one: to the nearest, half an octave at most, since that changes its speed least. Nothing is
 * said of a sound without a clear root, nor of drum hits, which nobody wants slower for the note that is in them.
 */
export function tuning(texture: TargetTexture): Pick<PtiHeader, 'tune' | 'finetune'> {
  const root = texture.kind === '' ? clearRoot(texture) : null;
  if (root === null) return { tune: 0, finetune: 0 };
  const below = root.note + root.cents / 100 - MIDDLE_KEY;
  const move = OCTAVE * Math.round(below / OCTAVE) - below;
  const tune = Math.round(move);
  return { tune, finetune: Math.round(100 * (move - tune)) };
}
