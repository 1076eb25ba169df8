/** The lines of a texture and its versions: each is played by its name, and a version can be used. */
import { element } from '../../../report/page/element.ts';
import type { Rendering } from '../../protocol.ts';
import type { Use } from './use-version.ts';

export function originalLine(onPlay: () => void, isPlayed: boolean): HTMLElement {
  const line = element('li', { class: isPlayed ? 'played' : '' });
  const button = element('button', { type: 'button' }, 'as it is');
  button.addEventListener('click', onPlay);
  line.append(button);
  return line;
}

export function versionLine(
  rendering: Rendering,
  isPlayed: boolean,
  { play, use }: { play(rendering: Rendering): void; use(how: Use): void },
): HTMLElement {
  const { what, isSame, notes } = rendering;
  const line = element('li', { class: isPlayed ? 'played' : '' });
  const name = element('button', { type: 'button' }, what);
  name.addEventListener('click', () => play(rendering));
  line.append(name);
  if (isSame) line.append(element('span', { class: 'quiet' }, 'sounds the same, to the sample'));
  else {
    for (const [how, words] of [
      ['instead', 'use this instead'],
      ['beside', 'keep both'],
      ['kit', 'to the kit'],
    ] as const) {
      const button = element('button', { type: 'button', class: 'use' }, words);
      button.addEventListener('click', () => use(how));
      line.append(button);
    }
  }
  if (notes.length > 0) line.append(element('span', { class: 'quiet' }, notes.join(' ')));
  return line;
}
