/** Why something was not made: what was missing, and which setting to relax. */
import type { SkipReason, SourceReason } from '../engine/skip-reason.ts';
import { CLOUD_WORDS, DRUM_WORDS, DUST_WORDS, HISS_WORDS, ROOM_TONE_WORDS } from './families.ts';
import { PAD_LOOP_WORDS, PAD_WORDS, TEMPO_WORDS } from './pads.ts';
import { UNREAD_WORDS } from './unread.ts';
import { type CodeAndFields, codeAndFields, EARLIER_WORDS, type WordsFor, wordsOf } from './words.ts';

const SOURCE_WORDS: WordsFor<SourceReason> = {
  'too-short': ({ milliseconds }) =>
    `it is only ${milliseconds.as((ms) => Number(ms.toPrecision(2)))} ms long, too short to work with; take a longer piece`,
  silent: () => 'it is silent from start to end; remove it or check the bounce',
  'video-without-sound': () => 'it is a video in which no sound is found',
  'video-needs-ffmpeg': () =>
    'it is a video, and its sound is read with ffmpeg, which is not on the PATH; install it, or export the sound as WAV',
};

const SKIP_WORDS: WordsFor<SkipReason> = {
  ...TEMPO_WORDS,
  ...PAD_WORDS,
  ...PAD_LOOP_WORDS,
  ...CLOUD_WORDS,
  ...HISS_WORDS,
  ...DRUM_WORDS,
  ...ROOM_TONE_WORDS,
  ...DUST_WORDS,
  ...SOURCE_WORDS,
  ...UNREAD_WORDS,
  ...EARLIER_WORDS,
};

/** Part of a sentence that names no file: it stands behind a colon, so it begins in lower case and ends without a full stop. */
export function skipWords(reason: SkipReason): string {
  return wordsOf(SKIP_WORDS, [reason]);
}

/**
 * Several reasons in one sentence, with the least and the most of each figure: `only 1–2 of 3 pads of 4 s`.
 * @param reasons at least one, of one `shapeOf`
 */
export function sharedSkipWords(reasons: readonly SkipReason[]): string {
  return wordsOf(SKIP_WORDS, reasons);
}

/** A reason as other programs receive it: in words, and as data. */
export function skipDocument(reason: SkipReason): { readonly reason: string } & CodeAndFields {
  return { reason: skipWords(reason), ...codeAndFields(reason) };
}
