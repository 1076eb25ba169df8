/** Names with their figures, as a list of definitions. */
import { element } from './element.ts';

export function fillFigures(list: HTMLElement, pairs: readonly (readonly [string, string])[]): void {
  list.replaceChildren(
    ...pairs.map(([name, text]) => {
      const pair = element('div');
      pair.append(element('dt', {}, name.replaceAll('_', ' ')), element('dd', {}, text));
      return pair;
    }),
  );
}
