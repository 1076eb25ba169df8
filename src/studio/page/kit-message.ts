/** The line beside the button that makes the kit. */
import { byId, element } from '../../report/page/element.ts';
import type { KitAnswer } from '../protocol.ts';
import { counted } from './words.ts';

/** @param more is said quietly behind it */
export function showKitMessage(words: string, more = ''): void {
  byId('kit-message').replaceChildren(
    element('span', {}, words),
    ' ',
    element('span', { class: 'quiet' }, more),
  );
}

export function madeWords({ folder, files, leftOut }: KitAnswer): string {
  const without = leftOut.length === 0 ? '' : ` ${counted(leftOut.length, 'texture')} did not fit.`;
  return `${counted(files.length, 'sample')} in ${folder}.${without}`;
}
