/** What is said of textures that a run leaves as they are, and of another engine's work. */
import type { OtherEngine } from '../engine/events.ts';
import type { WhyProtected } from '../engine/protected-file.ts';
import type { StaleOutcome } from '../engine/stale.ts';
import { counted } from './counted.ts';

/** Why a texture is protected, as it stands behind its path. */
export const WHY_PROTECTED: Readonly<Record<WhyProtected, string>> = {
  kept: 'kept',
  starred: 'starred',
  noted: 'has a note',
  named: 'has a name of its own',
  changed: 'changed by somebody',
  unknown: 'perhaps kept: curation.json cannot be read',
};

/** Of a texture that no run would make any more, what becomes of it. */
export function staleWords(outcome: StaleOutcome['outcome']): string {
  if (outcome === 'left') return 'no longer asked for; --prune removes it';
  if (outcome === 'removed') return 'would be removed';
  return `no longer asked for, but ${WHY_PROTECTED[outcome]}, and so would be left`;
}

/** Said before any work, when textures of another engine are to be made again. @param version this engine's */
export function otherEngineSentence({ versions, sources, textures }: OtherEngine, version: string): string {
  const [from, ...more] = versions;
  const maker =
    from === undefined
      ? 'an earlier version'
      : more.length > 0
        ? `afterglow ${versions.join(' and ')}`
        : from === version
          ? `another build of afterglow ${from}`
          : `afterglow ${from}`;
  const what = `${counted(textures, 'texture')} of ${counted(sources, 'source')}`;
  return `${what} ${textures === 1 ? 'was' : 'were'} made by ${maker}, and this is ${version}: made again, with the seeds of then; what was kept, starred, noted, named or changed by somebody stays`;
}
