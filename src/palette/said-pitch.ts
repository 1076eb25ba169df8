import { CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import type { Families } from '../config/settings.ts';
import { keyName } from '../curation/note-names.ts';
import { numberIn } from '../curation/row-facts.ts';
import { familyOf } from '../families/lookup.ts';
import { parseKeyName } from '../settings/key-name.ts';
import type { TargetTexture } from '../targets/target.ts';
import type { PaletteTexture } from './palette.ts';

/** What a kit or an instrument may say of a texture's pitch and time. */
export type SaidPitch = Pick<TargetTexture, 'root' | 'key' | 'tempo'>;

/**
 * Of what a manifest's row says of pitch and time, what is clear enough to be written anywhere: a table may be older than
 * the engine, or edited. A key whose tonic is another note than a clear root is that of the song, and is not said.
 */
export function saidPitch({ family, root, row }: PaletteTexture, families: Families): SaidPitch {
  const { pitch } = familyOf(family, families);
  const least = pitch === 'hits' ? CLEAR_ENOUGH_TO_SAY.hitRoot : CLEAR_ENOUGH_TO_SAY.root;
  const clearRoot = pitch !== 'noise' && isClear(root, least) ? root : null;
  const tempo = tempoOf(row);
  return {
    root: clearRoot,
    key: pitch === 'tones' ? clearKey(row, clearRoot) : '',
    tempo: isClear(tempo, CLEAR_ENOUGH_TO_SAY.tempo) ? tempo : null,
  };
}

function clearKey(
  { detected_key, key_confidence }: PaletteTexture['row'],
  root: TargetTexture['root'],
): string {
  const key = parseKeyName(detected_key);
  const isSure = (numberIn(key_confidence) ?? 0) >= CLEAR_ENOUGH_TO_SAY.key;
  if (key === null || !isSure || (root !== null && root.note % 12 !== key.tonic)) return '';
  return keyName(key);
}

function tempoOf({ detected_bpm, bpm_confidence }: PaletteTexture['row']): TargetTexture['tempo'] {
  const bpm = numberIn(detected_bpm);
  return bpm === null ? null : { bpm, confidence: numberIn(bpm_confidence) ?? 0 };
}
