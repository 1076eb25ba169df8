/** What of a search was taken for more than a word, below its line. */
import { byId, element } from './element.ts';
import type { Condition } from './search.ts';

export function showUnderstood(conditions: readonly Condition[]): void {
  const meant = conditions.filter(({ isWord }) => !isWord);
  byId('understood').replaceChildren(...meant.map(({ words }) => element('span', {}, words)));
}
