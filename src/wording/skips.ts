/** Why something was not made: what was missing, and which setting to relax. */
import type { Families } from '../config/settings.ts';
import type { SkipReason } from '../engine/skip-reason.ts';
import { FAMILIES } from '../families/index.ts';
import type { MakerReason } from '../families/lookup.ts';
import { type CodeAndFields, codeAndFields, type WordsFor, wordsOf } from '../reasons/words.ts';
import { EARLIER_WORDS } from './earlier.ts';
import { UNREAD_WORDS } from './unread.ts';

/** Of what keeps the engine itself from making something, whatever the family. */
const ENGINE_WORDS: WordsFor<Exclude<SkipReason, MakerReason>> = {
  'too-short': ({ milliseconds, leastMs }) =>
    `it is only ${milliseconds.as((ms) => Number(ms.toPrecision(2)))} ms long, and ${leastMs} ms is the least to work with; take a longer piece`,
  silent: () => 'it is silent from start to end; remove it or check the bounce',
  'video-without-sound': () => 'it is a video in which no sound is found',
  'video-needs-ffmpeg': () =>
    'it is a video, and its sound is read with ffmpeg, which is not on the PATH; install it, or export the sound as WAV',
  'layer-silent': ({ above, below }) => `“${above}” or “${below}” is silent; remove what is`,
  ...UNREAD_WORDS,
  ...EARLIER_WORDS,
};

/** Part of a sentence that names no file: it stands behind a colon, so it begins in lower case and ends without a full stop. */
export function skipWords(reason: SkipReason, families: Families = FAMILIES): string {
  return sharedSkipWords([reason], families);
}

/**
 * Several reasons in one sentence, with the least and the most of each figure: `only 1–2 of 3 pads of 4 s`.
 * @param reasons at least one, of one `shapeOf`
 * @param families whose makers may have given them
 */
export function sharedSkipWords(reasons: readonly SkipReason[], families: Families = FAMILIES): string {
  const tables = [ENGINE_WORDS, ...families.map(({ skipWords }) => skipWords)];
  const table = tables.find((each) => Object.hasOwn(each, reasons[0].code));
  return wordsOf(table as WordsFor<SkipReason>, reasons);
}

/** A reason as other programs receive it: in words, and as data. */
export function skipDocument(
  reason: SkipReason,
  families: Families = FAMILIES,
): { readonly reason: string } & CodeAndFields {
  return { reason: skipWords(reason, families), ...codeAndFields(reason) };
}
