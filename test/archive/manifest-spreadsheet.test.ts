/** Manifests as spreadsheets save them: byte orders, delimiters, decimal signs, and what they do to numbers. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listedRows, listedTable, manifestPath, settleManifest } from '../../src/archive/manifest.ts';
import { manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { faultsInWords } from '../../src/archive/manifest-fault.ts';
import { type ManifestColumn, type ManifestRow, manifestRow } from '../../src/archive/manifest-row.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { hasTool } from '../tools.ts';

let folder: string;
let written: Buffer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-spreadsheet-'));
  for (const { path } of ROWS) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  written = Buffer.from(manifestToCsv(ROWS));
});
afterEach(() => rm(folder, { recursive: true }));

/** What there is to spoil: zeros at ends, very small figures, a name that is a number, commas, quotes, accents. */
const ROWS: readonly ManifestRow[] = Array.from({ length: 20 }, (_, i) =>
  manifestRow({
    path: i === 0 ? '01/pads/01_pad01.wav' : `chœur “à” ${i}/pads/pad, ${i}.wav`,
    source: i === 0 ? '01' : `chœur “à” ${i}`,
    source_path: i === 1 ? '=pads/"quoted".wav' : `pad_sources/élan ${i}.wav`,
    ...{ type: 'pad', grade: 'A', saved: true, duration_sec: 1.5, rms_db: -18, peak: 0.25 },
    ...{ dc_offset: i % 2 === 0 ? 0.0000012 : 0.0000345, loop_start: 0, loop_end: 81_950, lufs: -23.1 },
    ...{ detected_bpm: 120, seed: 4_294_967_295, engine_version: '0.1.0', making: 'pads', making_index: i },
    settings: '15db071f146c7cc8',
    source_sha256: 'd49d06e5cbf254c69ff7a0ce3c2a50b37908294c232f4e62c255bbf4c479ea7c',
    grade_reasons: i === 2 ? 'spiky: crest factor 12.6; seam level +1.2 dB' : '',
    made_of: i === 18 ? 'a/pads/a.wav | b/hiss/b.wav' : '',
  }),
);

/** The cells as a spreadsheet shows them, which is what it saves: numbers in its own way, `true` in its own words. */
function shown(cell: string, decimal: string, yes: string): string {
  if (cell === 'true') return yes;
  if (!/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  const value = Number(cell);
  const general = value !== 0 && Math.abs(value) < 1e-4 ? scientific(value) : String(value);
  return general.replace('.', decimal);
}

/** As Excel: 1.2E-06. */
function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa}E${exponent.replace(/^([+-])(\d)$/, '$10$2')}`;
}

interface Program {
  readonly delimiter: string;
  readonly decimal?: string;
  readonly yes?: string;
  readonly quoted?: boolean;
}

function savedBy({ delimiter, decimal = '.', yes = 'TRUE', quoted = false }: Program): string[] {
  const [header, ...records] = parse(written) as string[][];
  const cells = records.map((record) => record.map((cell) => shown(cell, decimal, yes)));
  return [header, ...cells].map((record) => stringify([record], { delimiter, quoted, eof: false }));
}

const german = { delimiter: ';', decimal: ',', yes: 'WAHR' };
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

const SAVED: readonly (readonly [string, () => Buffer])[] = [
  ['as it is, with a byte order mark', () => Buffer.concat([Buffer.from('\ufeff'), written])],
  ['Excel, English, CSV UTF-8', () => Buffer.from(`\ufeff${savedBy({ delimiter: ',' }).join('\r\n')}\r\n`)],
  ['Excel, German, CSV UTF-8', () => Buffer.from(`\ufeff${savedBy(german).join('\r\n')}\r\n`)],
  [
    'Excel, French, Unicode text',
    () => utf16(`${savedBy({ ...german, delimiter: '\t', yes: 'VRAI' }).join('\r\n')}\r\n`),
  ],
  ['big-endian UTF-16', () => utf16(`${savedBy({ delimiter: '\t' }).join('\r\n')}\r\n`).swap16()],
  [
    'Excel, which leaves out empty ends',
    () =>
      Buffer.from(
        savedBy(german)
          .map((line) => `${line.replace(/;+$/, '')}\r\n`)
          .join(''),
      ),
  ],
  [
    'empty columns and rows behind the table',
    () => Buffer.from([...savedBy(german).map((line) => `${line};;;`), ';;;;', '', ''].join('\r\n')),
  ],
  [
    'LibreOffice, every cell quoted',
    () => Buffer.from(`${savedBy({ delimiter: ',', quoted: true }).join('\n')}\n`),
  ],
  [
    'LibreOffice, German, decimal commas between commas',
    () => Buffer.from(`${savedBy({ ...german, delimiter: ',' }).join('\n')}\n`),
  ],
  [
    'Numbers, semicolons, no last line end',
    () => Buffer.from(savedBy({ ...german, yes: 'true' }).join('\r\n')),
  ],
  ['Excel for Mac, old line ends', () => Buffer.from(`${savedBy(german).join('\r')}\r`)],
  ['a line that names the delimiter', () => Buffer.from(`sep=;\r\n${savedBy(german).join('\r\n')}\r\n`)],
];

describe('a manifest saved by a spreadsheet', () => {
  it.each(SAVED)('comes back to the byte: %s', async (_, save) => {
    const bytes = save();
    expect(bytes.equals(written)).toBe(false);
    await writeFile(manifestPath(folder), bytes);
    const read = [...(await listedRows(nodePlatform, folder))!.values()];
    expect(new Set(read)).toEqual(new Set(ROWS));
    const { rows, setAside } = await settleManifest(nodePlatform, folder, folder);
    expect([rows.length, setAside]).toEqual([ROWS.length, null]);
    expect((await readFile(manifestPath(folder))).equals(written)).toBe(true);
  });

  const altered = (from: string | RegExp, to: string, program: Program = german) =>
    Buffer.from(`${savedBy(program).join('\r\n').replace(from, to)}\r\n`);
  /** What was done to it, how it is said, how many of the twenty rows are left, and what is unknown in one of them. */
  const LOST: readonly (readonly [string, () => Buffer, RegExp, number, string?])[] = [
    [
      'a seed with fewer digits',
      () => altered('4294967295', '4,29E+09'),
      /in row 2 \(01\/pads\/01_pad01\.wav\), seed is "4,29E\+09"/,
      20,
      'seed',
    ],
    [
      'a digest read as a number',
      () => altered('15db071f146c7cc8', '1,5E+15'),
      /settings is "1,5E\+15"/,
      20,
      'settings',
    ],
    [
      'a version read as a date',
      () => altered('0.1.0', '01.01.2000'),
      /version is "01\.01\.2000"/,
      20,
      'engine_version',
    ],
    ['a figure read as a date', () => altered(';-18;', ';01. Mai;'), /rms_db is "01\. Mai"/, 20, 'rms_db'],
    ['figures rounded', () => altered(';0,25;', ';0,3E-09;'), /peak is "0,3E-09"/, 20, 'peak'],
    ['no number', () => altered(';0,25;', ';NaN;'), /peak is "NaN"/, 20, 'peak'],
    ['a negative length', () => altered(';1,5;', ';-1,5;'), /duration_sec is "-1,5"/, 20, 'duration_sec'],
    ['a grade of nobody', () => altered(';A;', ';Q;'), /grade is "Q"/, 20, 'grade'],
    [
      'thousands apart',
      () => altered('81950', '"81,950"', { delimiter: ',' }),
      /loop_end is "81,950"/,
      20,
      'loop_end',
    ],
    ['both decimal signs', () => altered(/;-23,1;(?!.*;-23,1;)/s, ';-23.1;'), /lufs is "-23\.1"/, 20, 'lufs'],
    [
      'a column of somebody',
      () => altered('made_of', 'made_of;my notes'),
      /column "my notes" is not one of ours/,
      20,
    ],
    ['cells pushed along', () => altered(';pad;', ';pad;x;x;'), /in row 2/, 19],
    [
      'an old code page',
      () => Buffer.from(`${savedBy(german).join('\r\n')}\r\n`.replace(/[“”]/g, '"'), 'latin1'),
      /not in UTF-8/,
      1,
    ],
    [
      'torn',
      () => written.subarray(0, written.length - 90),
      /in row 21, the table ends in the middle of it/,
      19,
    ],
    [
      'torn in quotes',
      () => Buffer.from(`${written.toString().split('\r\n').slice(0, 4).join('\r\n')}\r\nx,"cut`),
      /a quote that opens in line 5 is not closed/,
      3,
    ],
    [
      'a stray quote in a line between others',
      () => Buffer.from(written.toString().replace('\r\n', '\r\na"b,c\r\n')),
      /a quote is out of place in line 2/,
      20,
    ],
  ];

  it.each(LOST.map(([name, save, why, left, unknown]) => ({ name, save, why, left, unknown })))(
    'keeps the rows that can be read, and itself under another name: $name',
    async ({ save, why, left, unknown }) => {
      const bytes = save();
      await writeFile(manifestPath(folder), bytes);
      const before = await readdir(folder);
      const table = await listedTable(nodePlatform, folder);
      expect(faultsInWords(table!.faults)).toMatch(why);
      expect(table!.rows.size).toBe(left);
      expect(await readdir(folder)).toEqual(before);
      const { rows, setAside, faults } = await settleManifest(nodePlatform, folder, folder);
      expect(rows).toHaveLength(left);
      expect(setAside).toMatchObject({ why: expect.stringMatching(why), hasRows: true });
      expect((await readFile(setAside!.aside)).equals(bytes)).toBe(true);
      if (unknown !== undefined) {
        const harmed = rows.filter((row) => faults.some(({ path }) => path === row.path));
        expect(harmed.map((row) => row[unknown as ManifestColumn])).toEqual(['']);
      }
      const again = await settleManifest(nodePlatform, folder, folder);
      expect([again.rows.length, again.setAside]).toEqual([left, null]);
    },
  );
});

describe('Gnumeric', () => {
  it.skipIf(!hasTool('ssconvert')).each([
    ['commas', 'separator=,'],
    ['semicolons', 'separator=;'],
    ['tabs, every cell quoted', 'separator="\t" quoting-mode=always'],
  ])('opens a manifest and saves it with %s, and it comes back to the byte', async (_, options) => {
    await writeFile(manifestPath(folder), written);
    const saved = join(folder, 'saved.txt');
    const { status, stderr } = spawnSync(
      'ssconvert',
      ['-O', `${options} format=automatic`, '-T', 'Gnumeric_stf:stf_assistant', manifestPath(folder), saved],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    const bytes = await readFile(saved);
    expect(bytes.equals(written)).toBe(false);
    await writeFile(manifestPath(folder), bytes);
    await settleManifest(nodePlatform, folder, folder);
    expect((await readFile(manifestPath(folder))).equals(written)).toBe(true);
  });
});
