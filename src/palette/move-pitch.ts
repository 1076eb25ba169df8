/** What is known of a texture, once it is played faster or slower. */
import { keyName, noteName } from '../curation/note-names.ts';
import { parseKeyName } from '../settings/key-name.ts';
import { type PitchMove, speedOf } from '../targets/fit-pitch.ts';
import type { KitTexture } from './texture-choice.ts';

/**
 * A texture as it will be when its sound is moved: higher is shorter and faster by as much.
 * @param noteSteps by how many notes its root and key change their names: what the cents do to them depends on the tuning
 *   that they are named in
 */
export function movedTexture(texture: KitTexture, by: PitchMove, noteSteps: number): KitTexture {
  const speed = speedOf(by);
  const { root, key, tempo, moved } = texture;
  const note = root && {
    note: root.note + noteSteps,
    cents: root.cents + by.cents - 100 * (noteSteps - by.semitones),
    confidence: root.confidence,
  };
  return {
    ...texture,
    moved: {
      semitones: (moved?.semitones ?? 0) + by.semitones,
      cents: (moved?.cents ?? 0) + by.cents,
    },
    durationSec: texture.durationSec / speed,
    root: note,
    rootName: note === null ? '' : noteName(note.note),
    key: keyMoved(key, noteSteps),
    tempo: tempo && { ...tempo, bpm: tempo.bpm * speed },
    centroidHz: texture.centroidHz === null ? null : texture.centroidHz * speed,
  };
}

function keyMoved(key: string, steps: number): string {
  const parsed = parseKeyName(key);
  if (parsed === null) return '';
  return keyName({ ...parsed, tonic: (((parsed.tonic + steps) % 12) + 12) % 12 });
}
