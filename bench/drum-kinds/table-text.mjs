/** The source text of src/families/drums/kind-table.ts. */
export function tableText(sorts, table) {
  const lines = Object.entries(table).map(
    ([name, weights]) =>
      `  '${name}': [${weights.map((weight) => Number(weight.toPrecision(3))).join(', ')}],`,
  );
  return `/*
 * What drums sound like, fitted by \`npm run bench:drums -- KITS --more KITS --fit\` (bench/drum-kinds/fit.mjs) to half
 * of the kits of Debian's hydrogen-drumkits, the TR-808 kit of hydrogen-data and the drums of lmms-common and
 * sonic-pi-samples, by the names of their files. How well it hears the other half stands in docs/DRUMS.md.
 */

/** What a drum hit can be; perc is all that is struck and is none of the others: toms, hand drums, bells, claps. */
export type DrumKind = 'kick' | 'snare' | 'hat' | 'cymbal' | 'perc';

/** Sorts of drum that are alike, and the kind that each is. */
export const DRUM_SORTS: readonly { readonly sort: string; readonly kind: DrumKind }[] = [
${sorts.map(({ sort, kind }) => `  { sort: '${sort}', kind: '${kind}' },`).join('\n')}
];

/** What each figure of \`drumShape\` says for each sort: logarithms of odds for every unit of it. */
// biome-ignore format: a row a figure, a column a sort
export const DRUM_WEIGHTS: Readonly<Record<string, readonly number[]>> = {
${lines.join('\n')}
};
`;
}
