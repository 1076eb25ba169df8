/** How a texture is played by itself, on all keys. */
import type { Families } from '../config/settings.ts';
import { familyOf } from '../families/lookup.ts';
import { HELD_VELOCITY_DEPTH } from './part-groups.ts';
import type { TargetTexture } from './target.ts';
import { clearRoot } from './wav-facts.ts';
import { MIDDLE_KEY } from './zone-layout.ts';

export interface PlayedAlone {
  /** The MIDI note at which it sounds as it is: of its root, else the middle of the keyboard. */
  readonly rootKey: number;
  /** What brings it to that key's pitch. */
  readonly tuneCents: number;
  readonly hasRoot: boolean;
  /** Whether pitch follows the key: that of noise does not. */
  readonly tracksKeys: boolean;
  readonly attackSec: number;
  readonly releaseSec: number;
  /** How much velocity moves the level: 0 not at all, 1 wholly. */
  readonly velocityDepth: number;
}

export function playedAlone(
  texture: Pick<TargetTexture, 'family' | 'root'>,
  { families }: { readonly families: Families },
): PlayedAlone {
  const { pitch, instrument } = familyOf(texture.family, families);
  const { attackSec, releaseSec } = instrument.part;
  const root = clearRoot(texture);
  return {
    rootKey: root?.note ?? MIDDLE_KEY,
    tuneCents: -(root?.cents ?? 0),
    hasRoot: root !== null,
    tracksKeys: pitch !== 'noise',
    attackSec,
    releaseSec,
    velocityDepth: HELD_VELOCITY_DEPTH,
  };
}
