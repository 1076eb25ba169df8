/** Why music cannot be read, and what to do about it. */
import type { UnreadReason } from '../archive/file-kinds.ts';
import type { OwnFolderKind } from '../archive/own-folder.ts';
import { type WordsFor, wordsOf } from '../reasons/words.ts';

/** What this engine makes folders of, as “it holds …” has it. */
export const OWN_FOLDER_WORDS: Readonly<Record<OwnFolderKind, string>> = {
  export: 'an export of this engine',
  kit: 'a kit of this engine',
  selection: 'a selection of this engine',
  instruments: 'instruments of this engine',
};

export const UNREAD_WORDS: WordsFor<UnreadReason> = {
  'sound-designer': () =>
    'it is in Sound Designer II, which keeps its rate and width where only a Mac finds them; convert it to WAV there',
  recycle: () =>
    'it is a ReCycle loop, which only programs with that licence open; export it as WAV from one',
  dsd: () => 'it is in DSD, which is one bit at some MHz; convert it to WAV at 88.2 kHz',
  locked: () => 'it is locked to an account (an old purchase); convert it with what you bought it with',
  'in-icloud': () => 'it is in iCloud and not on this disk; download it in the Finder (Download Now)',
  'in-cloud': () => 'it is in the cloud and not on this disk; have the sync program keep it on this device',
  empty: () => 'it is empty; remove it or copy it again',
  'made-here': ({ what }) => `it holds ${OWN_FOLDER_WORDS[what]}; what the engine made is never mined`,
};

/** Part of a sentence, behind a colon: what it is, and what to do. */
export function unreadWords(reason: UnreadReason): string {
  return wordsOf(UNREAD_WORDS, [reason]);
}
