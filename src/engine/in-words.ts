/** Of what an engine before 0.3 noted in the cache, its sentence: what it found is not known as data. */
export interface InWords {
  readonly code: 'in-words';
  readonly words: string;
}
