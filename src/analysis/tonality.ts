import { frameCount, type Sound } from '../dsp/sound.ts';
import { chordRoot, pitchClassWeights } from './chord-root.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from './confidence.ts';
import { estimateKey, type KeyEstimate } from './key.ts';
import { longPitchSpectrum } from './long-spectrum.ts';
import type { RootEstimate } from './root.ts';
import { isRootThere } from './root-presence.ts';
import { soundingNotes } from './sounding-notes.ts';

/** What may be said of a sound's pitch. */
export interface Tonality {
  /** Null where it is not clear. */
  readonly root: RootEstimate | null;
  /** Null where it is not clear, and where its tonic is another note than a root that is. */
  readonly key: KeyEstimate | null;
}

/** Root of a sound, however unclear, to hold other sounds against; null where there are no partials. */
export function likelyRoot(sound: Sound): RootEstimate | null {
  return notesIn(sound)?.root ?? null;
}

/**
 * Root and key of a finished sound, measured in it alone, in its own tuning.
 * @param loops it sounds on and on; what plays once is a key only where it is long enough
 */
export function tonalityOf(sound: Sound, loops: boolean): Tonality {
  const measured = notesIn(sound);
  if (!measured || !isRootThere(measured.root, measured.pitches, sound)) return { root: null, key: null };
  const { notes, root: likeliest } = measured;
  const root = isClear(likeliest, CLEAR_ENOUGH_TO_SAY.root) ? likeliest : null;
  const seconds = loops ? Number.POSITIVE_INFINITY : frameCount(sound) / sound.sampleRate;
  const key = estimateKey(pitchClassWeights(notes.levels), seconds);
  if (!isClear(key, CLEAR_ENOUGH_TO_SAY.key)) return { root, key: null };
  if (!root) return { root, key };
  // Half a semitone off, a note's name depends on a cent: the root's own is taken.
  const place = Math.round(root.note + (root.cents - notes.tuningCents) / 100) % 12;
  return { root, key: key.tonic === place ? { ...key, tonic: root.note % 12 } : null };
}

function notesIn(sound: Sound) {
  const pitches = longPitchSpectrum(sound);
  const notes = pitches && soundingNotes(pitches);
  return notes && { pitches, notes, root: chordRoot(notes, pitches) };
}
