import type { CopiedSource } from '../engine/task.ts';
import { printable } from './terminal.ts';

/** Which of several files with the same bytes is mined. */
export function copiesSentence({ source, copies }: CopiedSource): string {
  const others = copies.map(printable).join(', ');
  return `${printable(source)} stands for ${others} too, ${copies.length === 1 ? 'which is' : 'which are'} the same byte for byte`;
}
