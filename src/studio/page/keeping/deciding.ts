/** Deciding on the selected texture, and announcing it. */
import { MOST_STARS } from '../../../engine/most-stars.ts';
import { announce } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import { decisionWord } from '../state/words.ts';
import type { Decisions } from './decisions.ts';

export interface Deciding {
  /** The same again takes it back. */
  decide(decision: 'keep' | 'reject'): void;
  /** The same number again takes them away. */
  giveStars(stars: number): void;
  moreStars(by: number): void;
  /** What stands in a field; empty takes it away. */
  write(part: 'note' | 'name', text: string): void;
}

export function createDeciding(decisions: Decisions, selected: () => Texture | null): Deciding {
  function setStars(texture: Texture, stars: number): void {
    decisions.change([{ id: texture.id, stars: stars === 0 ? null : stars }], `stars of ${texture.title}`);
    announce(`${stars} of ${MOST_STARS} stars`);
  }

  return {
    decide(decision) {
      const texture = selected();
      if (!texture) return;
      const { id, title } = texture;
      const isSo = decisions.of(id).decision === decision;
      const words = isSo ? 'undecided' : decisionWord(decision);
      decisions.change([{ id, decision: isSo ? null : decision }], `${title} ${words}`);
      announce(`${title} ${words}`);
    },
    giveStars(stars) {
      const texture = selected();
      if (texture) setStars(texture, stars === decisions.of(texture.id).stars ? 0 : stars);
    },
    moreStars(by) {
      const texture = selected();
      if (!texture) return;
      const now = decisions.of(texture.id).stars ?? 0;
      const next = Math.max(0, Math.min(MOST_STARS, now + by));
      if (next !== now) setStars(texture, next);
    },
    write(part, text) {
      const texture = selected();
      const trimmed = text.trim();
      if (!texture || trimmed === (decisions.of(texture.id)[part] ?? '')) return;
      const { id, title } = texture;
      decisions.change([{ id, [part]: trimmed === '' ? null : trimmed }], `${part} of ${title}`);
    },
  };
}
