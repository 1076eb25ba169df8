import { expect, it } from 'vitest';
import type { ManifestRow } from '../../src/archive/manifest-row.ts';
import { editedColumns } from '../../src/palette/row-edited.ts';
import { renderNoteWords } from '../../src/wording/renders.ts';

const MADE = { duration_sec: '31.500000', sample_rate: '44100', bit_depth: '24', channels: '2' };
const edited = (cells: object) => editedColumns({ ...MADE, ...cells } as ManifestRow, MADE as ManifestRow);

it.each([
  [{}, []],
  [{ duration_sec: '', sample_rate: '', bit_depth: '', channels: '' }, []],
  [{ duration_sec: '31,5', sample_rate: '44100.0', channels: '2,0' }, []],
  [{ duration_sec: '31.5000000001' }, []],
  [{ duration_sec: '31.500001' }, ['duration_sec']],
  [{ duration_sec: 'long' }, ['duration_sec']],
  [{ channels: '1', bit_depth: '16', sample_rate: '48000' }, ['sample_rate', 'bit_depth', 'channels']],
])('of a row with %j, %j were edited', (cells, columns) => {
  expect(edited(cells)).toEqual(columns);
});

it('flags are offered for what has one', () => {
  expect(renderNoteWords({ code: 'row-edited', columns: ['duration_sec', 'channels'] })).toMatch(
    / states duration_sec, channels otherwise than the file: these are a record and change nothing; use --length$/,
  );
  expect(renderNoteWords({ code: 'row-edited', columns: ['sample_rate', 'bit_depth'] })).toMatch(
    /; use --rate or --depth$/,
  );
  expect(renderNoteWords({ code: 'row-edited', columns: ['channels'] })).toMatch(/change nothing$/);
});
