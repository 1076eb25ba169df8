/** What kind a source can be. It lies here because the config names it: `routes`. */
export const SOURCE_KINDS = ['song', 'tonal', 'drum_loop', 'hit', 'noise', 'speech'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];
