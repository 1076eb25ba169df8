/** The bench's lines as the two tables of docs/SOUND-QUALITY.md, between marks that the document holds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KINDS } from './export-folder.mjs';
import { shown } from './verdicts.mjs';

const DOCUMENT = fileURLToPath(new URL('../../docs/SOUND-QUALITY.md', import.meta.url));

/** Puts the tables of this run where those of an earlier one stand. @throws Error where the marks are missing */
export function writeDocument(lines) {
  const ofExport = lines.filter(({ group }) => KINDS.includes(group));
  const others = lines.filter(({ group }) => !KINDS.includes(group));
  let text = readFileSync(DOCUMENT, 'utf8');
  text = replaced(text, 'export', exportTable(ofExport));
  text = replaced(text, 'known', knownTable(others));
  writeFileSync(DOCUMENT, text);
}

function replaced(text, name, table) {
  const [before, after] = [`<!-- bench: ${name} -->`, `<!-- end of ${name} -->`];
  const [start, end] = [text.indexOf(before), text.indexOf(after)];
  if (start < 0 || end < start)
    throw new Error(`docs/SOUND-QUALITY.md has no marks for the table of ${name}.`);
  return `${text.slice(0, start + before.length)}\n${table}\n${text.slice(end)}`;
}

/** A row a figure, a column a kind with how many there are of it. */
function exportTable(lines) {
  const kinds = KINDS.filter((kind) => lines.some(({ group }) => group === kind));
  const figures = [...new Set(lines.map(({ figure }) => figure))];
  const most = (kind) =>
    Math.max(
      ...lines
        .filter(({ group, figure }) => group === kind && figure.startsWith('files with'))
        .map(({ count }) => count),
    );
  const rows = figures.map((figure) => {
    const here = lines.filter((line) => line.figure === figure);
    const targets = [...new Set(here.map(({ target }) => target).filter(Boolean))].join('; ');
    const cells = kinds.map((kind) => cell(here.find(({ group }) => group === kind)));
    return [figure, targets, ...cells];
  });
  return table([['figure', 'target', ...kinds.map((kind) => `${kind} (${most(kind)})`)], ...rows]);
}

function knownTable(lines) {
  const rows = lines.map((line, i) => [
    lines[i - 1]?.group === line.group ? '' : line.group,
    line.figure,
    cell(line),
    line.target,
  ]);
  return table([['signals', 'figure', 'measured', 'target'], ...rows]);
}

function cell(line) {
  if (!line) return '';
  const value = shown(line.value, line.unit);
  return line.verdict === 'MISS' ? `**${value}**` : value;
}

function table([head, ...rows]) {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}
