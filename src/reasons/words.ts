/**
 * Words for what comes of work, which everywhere else is data: a code with fields. Each topic has a table in a file of its
 * own; by its type it has words for every code of its topic.
 */
import { type Spanned, spanned } from './span.ts';

/** Plain data with a code. */
export interface Coded {
  readonly code: string;
}

/** Words for each code of a union. Numbers come as spans, so that several results fit one sentence. */
export type WordsFor<Result extends Coded> = {
  readonly [Code in Result['code']]: (result: Spanned<Extract<Result, { readonly code: Code }>>) => string;
};

/** Any table of words: those of several unions stand side by side in a list. */
export type WordTable = Readonly<Record<string, (result: never) => string>>;

/**
 * What a table has for results of one code that differ in their figures alone, as one.
 * @param results at least one, of one `shapeOf`
 */
export function wordsOf<Result extends Coded>(table: WordsFor<Result>, results: readonly Result[]): string {
  const { code } = results[0];
  const words = table[code as Result['code']] as (result: Spanned<Result>) => string;
  return words(spanned(results));
}

/** What other programs are given of a result, beside its words. */
export interface CodeAndFields {
  readonly code: string;
  readonly fields: object;
}

export function codeAndFields({ code, ...fields }: Coded): CodeAndFields {
  return { code, fields };
}
