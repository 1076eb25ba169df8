import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenCsv, csvText, parseCsv } from '../../src/archive/csv.ts';

const cell = fc.stringMatching(/^[a ",;\t\r\n\u00e4]{0,6}$/);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });

/** As another reader has it. */
const judged = (text: string, delimiter: string) =>
  parse(text, {
    ...{ bom: true, delimiter, record_delimiter: ['\r\n', '\n', '\r'] },
    ...{ relax_column_count: true, skip_empty_lines: true },
  });

describe('a table', () => {
  it('is written as csv-stringify writes it, and read again', () => {
    fc.assert(
      fc.property(table, (records) => {
        const text = csvText(records);
        expect(text).toBe(stringify(records, { record_delimiter: 'windows', quoted_match: /[\r\n]/ }));
        // A lone empty cell looks like an empty line.
        expect(parseCsv(text)).toEqual(records.filter((record) => record.join() !== '' || record.length > 1));
      }),
    );
  });

  it.each([',', ';', '\t'] as const)(
    'is read as csv-parse reads it, or refused as there: %j',
    (delimiter) => {
      fc.assert(
        fc.property(fc.stringMatching(/^\ufeff?([a\u00e4]|"|,|;|\t|\r|\n|""|\r\n){0,12}$/), (text) => {
          let wanted: unknown;
          try {
            wanted = judged(text, delimiter);
          } catch {
            expect(() => parseCsv(text, delimiter)).toThrow(BrokenCsv);
            return;
          }
          expect(parseCsv(text, delimiter)).toEqual(wanted);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it.each([
    ['a,b\r\n"c,d\r\n', 'a quote that opens in line 2 is not closed'],
    ['a,b\r\nc"d",e', 'a quote is out of place in line 2'],
    ['a\n"b"c\n', 'a quote is out of place in line 2'],
  ])('%j: %s', (text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });
});
