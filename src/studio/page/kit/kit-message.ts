/** The line beside the button that makes the kit. */
import { byId, element } from '../../../report/page/element.ts';
import type { KitAnswer } from '../../protocol.ts';
import type { Unanswered } from '../backend/backend.ts';
import { untilFree } from '../state/at-work.ts';
import { counted } from '../state/words.ts';

/** @param more is said quietly behind it @returns takes it back, where it still is what is said */
export function showKitMessage(words: string, more = ''): () => void {
  const quiet = element('span', { class: 'quiet' }, more);
  const line = byId('kit-message');
  line.replaceChildren(element('span', {}, words), ' ', quiet);
  line.classList.add('folded');
  const rest = byId('kit-message-rest');
  rest.hidden = line.scrollHeight <= line.clientHeight;
  rest.onclick = () => {
    line.classList.remove('folded');
    rest.hidden = true;
  };
  return () => {
    if (quiet.isConnected) showKitMessage('');
  };
}

/** Why something was not made; that the studio is at work is said no longer than it is so. @param words else its message */
export function showKitProblem(error: Unanswered, words = error.message): void {
  untilFree(error, showKitMessage(words));
}

export function madeWords(kit: KitAnswer): string {
  return `${counted(kit.files.length, 'sample')} in ${kit.folder}.${without(kit)}`;
}

/** @param file that the browser saved */
export function givenWords(kit: KitAnswer, file: string): string {
  return `${file} is among your downloads, with ${counted(kit.files.length, 'sample')}: unpack it.${without(kit)}`;
}

function without({ leftOut }: KitAnswer): string {
  return leftOut.length === 0 ? '' : ` ${counted(leftOut.length, 'texture')} did not fit.`;
}
