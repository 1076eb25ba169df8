/** The bench's table: one line a figure, each with its target and a verdict. */

/**
 * @typedef {{ group: string, figure: string, value: number, unit: string, count: number | null,
 *   target: string, verdict: 'ok' | 'MISS' | '–' }} Line
 */

/** A figure that should be at most (or at least) so much. `null` for both: it is only told. */
export function line(group, figure, value, { unit = '', count = null, atMost = null, atLeast = null } = {}) {
  const target = [
    atLeast === null ? '' : `≥ ${shown(atLeast, unit)}`,
    atMost === null ? '' : `≤ ${shown(atMost, unit)}`,
  ]
    .filter(Boolean)
    .join(', ');
  // NaN meets no target: nothing measured is nothing proved.
  const met = (atMost === null || value <= atMost) && (atLeast === null || value >= atLeast);
  return { group, figure, value, unit, count, target, verdict: target === '' ? '–' : met ? 'ok' : 'MISS' };
}

/** A share of items, 0 to 1, shown in per cent. */
export function shareLine(group, figure, share, count, limits = {}) {
  return line(group, figure, 100 * share, {
    unit: '%',
    count,
    atLeast: limits.atLeast === undefined ? null : 100 * limits.atLeast,
    atMost: limits.atMost === undefined ? null : 100 * limits.atMost,
  });
}

export function printTable(lines) {
  const cells = lines.map(({ group, figure, value, unit, count, target, verdict }, i) => [
    i > 0 && lines[i - 1].group === group ? '' : group,
    figure,
    count === null ? '' : String(count),
    shown(value, unit),
    target,
    verdict,
  ]);
  const head = ['family', 'figure', 'of', 'measured', 'target', 'verdict'];
  const widths = head.map((title, c) => Math.max(title.length, ...cells.map((row) => row[c].length)));
  const print = (row) => console.log(`| ${row.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`);
  print(head);
  print(widths.map((width) => '-'.repeat(width)));
  for (const row of cells) print(row);
}

/** A value as tables show it. */
export function shown(value, unit) {
  if (Number.isNaN(value)) return 'nothing to measure';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}
