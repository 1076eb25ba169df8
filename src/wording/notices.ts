/** What to look at, though the work goes on. */
import type { StereoFault } from '../analysis/sides.ts';
import type { Notice } from '../engine/notice.ts';
import { type CodeAndFields, codeAndFields, type WordsFor, wordsOf } from '../reasons/words.ts';
import { EARLIER_WORDS } from './earlier.ts';

const STEREO_WORDS: Readonly<Record<StereoFault, string>> = {
  'left silent':
    'its left channel is silent, and so it will be in what is made of it; export it in mono to have it in the middle',
  'right silent':
    'its right channel is silent, and so it will be in what is made of it; export it in mono to have it in the middle',
  inverted:
    'one of its channels is the other inverted, so that it nearly vanishes in mono; invert one to mend that',
};

const NOTICE_WORDS: WordsFor<Notice> = {
  'stereo-fault': ({ fault }) => STEREO_WORDS[fault],
  'key-not-clear': () =>
    'its key is not clear, so it stays at its own pitch: musicality.target_key moves what is in a key',
  'odd-file': ({ sentence }) => sentence,
  'manifest-set-aside': ({ manifest, why, hasRows, aside }) =>
    !hasRows
      ? `${manifest} could not be read as a manifest (${why}); it was kept as ${aside} and a new one begun.`
      : `${manifest} could be read only in part (${why}); it was kept as ${aside}, and a new one lists all that could be read.`,
  'shard-damaged': ({ manifest, why }) =>
    `${manifest} could be read only in part (${why}); what it lists is merged, and the others come along once that shard was run again.`,
  'decisions-unreadable': ({ sentence, during }) =>
    during === 'run' ? `${sentence} Until then no texture is replaced.` : sentence,
  'cache-not-written': ({ sentence }) =>
    `What was made could not be remembered, so the next run makes it again: ${sentence}`,
  ...EARLIER_WORDS,
};

export function noticeWords(notice: Notice): string {
  return wordsOf(NOTICE_WORDS, [notice]);
}

/** A notice as other programs receive it: in words, and as data. */
export function noticeDocument(notice: Notice): { readonly message: string } & CodeAndFields {
  return { message: noticeWords(notice), ...codeAndFields(notice) };
}
