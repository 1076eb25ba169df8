import { inOctaveOf } from '../analysis/root.ts';
import { tonalityOf } from '../analysis/tonality.ts';
import { keyName, noteName } from '../curation/note-names.ts';
import type { Sound } from '../dsp/sound.ts';
import type { KitTexture } from './texture-choice.ts';

/** What is said of a texture's pitch. */
export type RemeasuredPitch = Pick<KitTexture, 'root' | 'rootName' | 'key'>;

/**
 * Root and key of what is left of a texture that was shortened: a bed may go on to other chords. What they were not clear of
 * in the whole is not said of a part. The same note stays in the octave that it has in the whole: which one is heard as its lowest
 * would hang on the length that a device allows.
 * @param sound what is left
 * @returns null where nothing was said of it anyway
 */
export function remeasuredPitch(sound: Sound, { root, key, loops }: KitTexture): RemeasuredPitch | null {
  if (root === null && key === '') return null;
  const remeasured = tonalityOf(sound, loops);
  const placed = root && remeasured.root && inOctaveOf(remeasured.root, root);
  const found = placed ?? remeasured.root;
  return {
    root: found,
    rootName: found === null ? '' : noteName(found.note),
    key: remeasured.key === null ? '' : keyName(remeasured.key),
  };
}
