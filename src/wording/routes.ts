/** Why a source was taken for what it is. */
import type { KindReason } from '../analysis/source-kind-reason.ts';
import type { RouteReason } from '../engine/routes.ts';
import type { Span, Spanned } from '../reasons/span.ts';
import { codeAndFields, type WordsFor, wordsOf } from '../reasons/words.ts';

const ROUTE_WORDS: WordsFor<RouteReason> = {
  changes: (facts) => `${duration(facts.seconds)} of changing sound, ${attackRate(facts)}${beat(facts)}`,
  'pitch-holds': (facts) =>
    `pitch that holds (${fixed(facts.pitchSteadiness, 2)} of 1), ${attackRate(facts)}`,
  struck: (facts) => `struck and not held, ${attackRate(facts)}${beat(facts)}`,
  'died-down': ({ onsets, decaySec }) => `${attacks(onsets)}, died down within ${duration(decaySec)}`,
  'little-pitch': (facts) => `little pitch (flatness ${fixed(facts.flatness, 2)}), ${attackRate(facts)}`,
  syllables: ({ movementDb, pausesPerSec }) =>
    `voice bands that move as syllables do (${fixed(movementDb, 0)} dB), ${fixed(pausesPerSec, 1)} pauses a second`,
  'nothing-to-hear': () => 'silent, or too short to hear',
  unreadable: () => 'it cannot be read',
  configured: ({ kind, glob }) => `routes.${kind}: ${glob}`,
};

/** `one attack, died down within 0.3 s`: part of a sentence; of what the config says, its setting. */
export function routeWords(reason: RouteReason): string {
  return wordsOf(ROUTE_WORDS, [reason]);
}

/** A source's route as other programs receive it: its reason in words, and as data. */
export function routeDocument<Routed extends { readonly reason: RouteReason }>(route: Routed) {
  return { ...route, reason: routeWords(route.reason), ...codeAndFields(route.reason) };
}

type Attacks = Spanned<Pick<Extract<KindReason, { readonly code: 'struck' }>, 'onsets' | 'analysedSec'>>;

/** Attacks a second; of a moment, as if it were a quarter of a second. */
function attackRate({ onsets, analysedSec }: Attacks): string {
  if (onsets.most < 2) return attacks(onsets);
  return `${(onsets.most / Math.max(0.25, analysedSec.most)).toFixed(1)} attacks a second`;
}

function attacks(onsets: Span): string {
  if (onsets.most === 0) return 'no attack';
  return onsets.most === 1 ? 'one attack' : `${onsets} attacks`;
}

function beat({ bpm }: { readonly bpm: Span | null }): string {
  return bpm === null ? '' : ` at ${bpm.as(Math.round)} BPM`;
}

function fixed(figure: Span, digits: number): string {
  return figure.as((value) => value.toFixed(digits));
}

function duration(length: Span): string {
  return length.as((seconds) =>
    seconds < 90
      ? `${seconds.toPrecision(2)} s`
      : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
  );
}
