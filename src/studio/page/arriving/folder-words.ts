/** What a browser says of folders it may not use, as a person would. */

/** By the name of its error. */
const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError: 'the browser was not allowed to; press the button again, and allow it.',
  NotFoundError: 'it is not there any more, or a file in it is not; choose it again.',
  NotReadableError: 'a file in it changed or cannot be read; close what else uses it, and try again.',
  NoModificationAllowedError: 'another program or tab is writing there; close that, and try again.',
  InvalidStateError: 'it changed meanwhile; choose it again.',
  TypeMismatchError: 'there is a file where a folder should be, or the other way round.',
  QuotaExceededError: 'the disk is full; make room, and press the button again.',
  SecurityError: 'the browser protects that place; choose another folder.',
};

/** Part of a sentence behind a colon: what is wrong, and what to do. */
export function folderWords({ name, message }: Error): string {
  return WORDS[name] ?? message;
}
