/** One line a figure, one column a method, one table a task. */
export function printComparison(figures) {
  const methods = [...new Set(figures.map(({ method }) => method))];
  for (const task of new Set(figures.map((each) => each.task))) {
    const here = figures.filter((each) => each.task === task);
    const rows = [...new Set(here.map(({ figure }) => figure))].map((figure) => [
      figure,
      ...methods.map((method) =>
        shown(here.find((each) => each.figure === figure && each.method === method)),
      ),
    ]);
    printRows([[task, ...methods], ...rows]);
  }
}

function printRows([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const print = (row) => console.log(`| ${row.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`);
  print(head);
  print(widths.map((width) => '-'.repeat(width)));
  for (const row of rows) print(row);
  console.log();
}

function shown(found) {
  if (!found || Number.isNaN(found.value)) return '–';
  const { value } = found;
  return value.toFixed(Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 2);
}
