/** How the page says things. */
import { noteName } from '../../../curation/note-names.ts';
import type { Families } from '../../../report/page/families.ts';
import { seconds } from '../../../report/page/words.ts';
import type { Decision, Texture } from '../../protocol.ts';

/** A texture in one sentence, for who does not see it. */
export function accessibleName(
  texture: Texture,
  { decision, stars = 0, name }: Decision,
  families: Families,
  isPicked = false,
): string {
  const parts = [
    name ?? texture.title,
    families.singular(texture.family),
    seconds(texture.durationSec),
    texture.loop ? 'loops' : 'plays once',
    texture.root && `root ${noteOf(texture.root.note)}`,
    `grade ${texture.grade}`,
    decision && decisionWord(decision),
    stars > 0 && counted(stars, 'star'),
    isPicked && 'picked',
  ];
  return parts.filter(Boolean).join(', ');
}

export function decisionWord(decision: 'keep' | 'reject'): string {
  return decision === 'keep' ? 'kept' : 'rejected';
}

/** `1 star`, `2 stars`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** `A♯3` of MIDI note 58. */
export function noteOf(note: number): string {
  return noteName(note).replace('#', '♯');
}
