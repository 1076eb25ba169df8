/** Fits the table of source kinds, and writes it out. Files of one pack count together as the square root of their number. */
import { SOURCE_KINDS } from '../../dist/settings/source-kinds.js';
import { fitLogistic } from '../logistic.mjs';

const STEPS = 600;

/** @param heard { kind, pack, figures }[] @returns weights by figure, a column a kind */
export function fitSourceKinds(heard) {
  const sizes = new Map();
  const group = ({ kind, pack }) => `${kind} ${pack}`;
  for (const one of heard) sizes.set(group(one), (sizes.get(group(one)) ?? 0) + 1);
  const rows = heard.map((one) => ({
    figures: [...one.figures],
    sort: SOURCE_KINDS.indexOf(one.kind),
    weight: sizes.get(group(one)) ** -0.5,
  }));
  const names = [...heard[0].figures.keys()];
  const { weights, bias } = fitLogistic(rows, names.length, SOURCE_KINDS.length, { steps: STEPS });
  return { bias, ...Object.fromEntries(names.map((name, i) => [name, weights[i]])) };
}

/** The source text of src/analysis/source-kind-table.ts. */
export function kindTableText(table) {
  const name = (figure) => (/\W/.test(figure) ? `'${figure}'` : figure);
  const lines = Object.entries(table).map(
    ([figure, weights]) =>
      `  ${name(figure)}: [${weights.map((weight) => Number(weight.toPrecision(3))).join(', ')}],`,
  );
  return `/*
 * What kinds of source sound like, fitted by \`npm run bench:kinds -- TREE --fit\` (bench/kinds/fit.mjs) to half of the packs
 * of known kind that bench/kinds/truth.mjs names. How well it hears the other half stands in docs/ANALYSIS.md.
 */
import type { KindFigure } from './kind-figures.ts';

/** What each figure says for each of SOURCE_KINDS: logarithms of odds for every unit of it. */
// biome-ignore format: a row a figure, a column a kind
export const KIND_WEIGHTS: Readonly<Record<KindFigure | 'bias', readonly number[]>> = {
${lines.join('\n')}
};
`;
}
