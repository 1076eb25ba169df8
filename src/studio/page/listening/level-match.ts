/** Whether textures play at one loudness, and by what each is raised or lowered then. */
import type { Texture } from '../../protocol.ts';
import { factor, matchingDb } from '../sound/level.ts';
import { createSignal, type Signal } from '../state/signal.ts';

export interface LevelMatch {
  readonly isOn: Signal<boolean>;
  /** dB; 0 where levels are not matched. */
  gainDb(texture: Texture): number;
  /** The same as a factor. @param extraDb added to it */
  factorOf(texture: Texture, extraDb?: number): number;
}

/** @param truePeakDb dBTP; null where it is not known */
export function createLevelMatch(truePeakDb: (texture: Texture) => number | null): LevelMatch {
  const isOn = createSignal(true);
  const gainDb = (texture: Texture) => (isOn.get() ? matchingDb(texture, truePeakDb(texture)) : 0);
  return {
    isOn,
    gainDb,
    factorOf: (texture, extraDb = 0) => factor(gainDb(texture) + extraDb),
  };
}
