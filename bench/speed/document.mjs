/** The bench's tables in docs/PERFORMANCE.md, between marks that the document holds. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DOCUMENT = fileURLToPath(new URL('../../docs/PERFORMANCE.md', import.meta.url));

/** Puts tables where those of an earlier run stand; others stay. @throws Error where a mark is missing */
export function writeDocument(tables) {
  let text = readFileSync(DOCUMENT, 'utf8');
  for (const table of tables) {
    const [before, after] = [`<!-- bench: ${table.name} -->`, `<!-- end of ${table.name} -->`];
    const [start, end] = [text.indexOf(before), text.indexOf(after)];
    if (start < 0 || end < start) throw new Error(`docs/PERFORMANCE.md has no marks for ${table.name}.`);
    text = `${text.slice(0, start + before.length)}\n\n${table.text}\n\n${text.slice(end)}`;
  }
  writeFileSync(DOCUMENT, text);
}
