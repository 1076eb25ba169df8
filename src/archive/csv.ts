/**
 * Tables as text (RFC 4180), in code of our own. csv-parse and csv-stringify bring a copy of Node's Buffer into a page.
 * papaparse 5.7.1 does not, but reads and writes otherwise: it takes one kind of line end for a whole table, so that lines
 * with another run together; it takes a stray quote for a letter, where that is to be named; and it puts quotes round cells for a space at either end, and no line end behind the last record.
 */

/** A table that breaks the rules of quotes. The message says which and where, as part of a sentence. */
export class BrokenCsv extends Error {}

/**
 * The records of a table, cell by cell. Lines may end in CRLF, LF or CR, and may differ in length; empty ones are left out where nobody
 * is told of what is broken, and so is a byte order mark.
 *
 * @param onBroken is told of a record that breaks the rules, and reading goes on in the line behind the one where it did; an empty record
 *   stands in its place, and in that of an empty line, so that records count as a spreadsheet's rows
 * @throws BrokenCsv where nobody is there to be told
 */
export function parseCsv(
  text: string,
  delimiter: ',' | ';' | '\t' = ',',
  onBroken?: (broken: BrokenCsv) => void,
): string[][] {
  const cell = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\r|\\n|$)`,
    'y',
  );
  const records: string[][] = [];
  let record: string[] = [];
  const lines = lineCounter(text);
  cell.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) {
      const error = broken(text, start, lines(start));
      if (!onBroken) throw error;
      onBroken(error);
      records.push([]);
      record = [];
      cell.lastIndex = behindLine(text, start);
      continue;
    }
    const [, quoted, plain, end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === delimiter) continue;
    const isEmptyLine = record.length === 1 && plain === '';
    if (!isEmptyLine) records.push(record);
    else if (onBroken) records.push([]);
    record = [];
  }
  // Behind the last delimiter an empty cell stands.
  if (record.length > 0) records.push([...record, '']);
  return records;
}

/** The first character behind the line of a place. */
function behindLine(text: string, at: number): number {
  const end = /\r\n|\r|\n/g;
  end.lastIndex = at;
  return end.exec(text) ? end.lastIndex : text.length;
}

/** Lines up to a place, from 1 on, of places that come in turn: each is counted once. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (let next = behindLine(text, counted); next <= at && next < text.length; ) {
      line++;
      counted = next;
      next = behindLine(text, counted);
    }
    return line;
  };
}

function broken(text: string, at: number, line: number): BrokenCsv {
  const closing = /[^"](?:"")*"(?!")/g;
  closing.lastIndex = at;
  const isOpen = text[at] === '"' && !closing.test(text);
  return new BrokenCsv(
    isOpen ? `a quote that opens in line ${line} is not closed` : `a quote is out of place in line ${line}`,
  );
}

/** A table with CRLF behind each record; quotes are put round a cell only where it needs them. */
export function csvText(records: Iterable<readonly string[]>): string {
  let text = '';
  for (const record of records) text += `${record.map(quotedCell).join(',')}\r\n`;
  return text;
}

function quotedCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
