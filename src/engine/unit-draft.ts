import type { SkippedNote, Unit } from './cache.ts';
import type { MadeTexture } from './events.ts';
import type { ProtectedPlace } from './protected-file.ts';

/** What comes of a unit, as it comes: a {@link Unit} that is not complete. */
export interface UnitDraft
  extends Pick<Unit, 'textures' | 'wanted' | 'given' | 'dropped' | 'protected' | 'passedOver'> {
  readonly textures: [path: string, sha256: string][];
  readonly wanted: string[];
  readonly given: string[];
  readonly dropped: MadeTexture[];
  readonly protected: ProtectedPlace[];
  readonly passedOver: SkippedNote[];
}

export function emptyDraft(): UnitDraft {
  return { textures: [], wanted: [], given: [], dropped: [], protected: [], passedOver: [] };
}
