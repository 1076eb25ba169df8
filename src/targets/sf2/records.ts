/** Tables of a SoundFont: records of one size, the last of which only closes the table. Little-endian. */
import { chunk, type Piece } from '../../formats/wav-chunks.ts';

/** Text of 20 bytes, closed by a zero at least; numbers of so many bits, signed or not. */
type Field = 'name' | 'u32' | 'u16' | 's16' | 'u8' | 's8';

const BYTES: Readonly<Record<Field, number>> = { name: 20, u32: 4, u16: 2, s16: 2, u8: 1, s8: 1 };

/** The fields of each table (SoundFont 2.04, 7.2 to 7.10). */
const TABLES = {
  /** name, program, bank, first bag, library, genre, morphology */
  phdr: ['name', 'u16', 'u16', 'u16', 'u32', 'u32', 'u32'],
  /** first generator, first modulator */
  pbag: ['u16', 'u16'],
  /** source, what it changes, by how much, what scales it, transform */
  pmod: ['u16', 'u16', 's16', 'u16', 'u16'],
  /** what, amount */
  pgen: ['u16', 's16'],
  /** name, first bag */
  inst: ['name', 'u16'],
  ibag: ['u16', 'u16'],
  imod: ['u16', 'u16', 's16', 'u16', 'u16'],
  igen: ['u16', 's16'],
  /** name, start, end, loop start, loop end, rate, root, correction, the other channel, which channel */
  shdr: ['name', 'u32', 'u32', 'u32', 'u32', 'u32', 'u8', 's8', 'u16', 'u16'],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

export type TableName = keyof typeof TABLES;
export type Row = readonly (string | number)[];

/** A table as a chunk. @param rows a value a field, the closing row included */
export function table(name: TableName, rows: readonly Row[]): Piece[] {
  const fields: readonly Field[] = TABLES[name];
  const size = fields.reduce((sum, field) => sum + BYTES[field], 0);
  const bytes = new Uint8Array(size * rows.length);
  const view = new DataView(bytes.buffer);
  for (const [r, row] of rows.entries()) {
    let at = size * r;
    for (const [f, field] of fields.entries()) {
      write(view, at, field, row[f]);
      at += BYTES[field];
    }
  }
  return chunk(name, [bytes]);
}

function write(view: DataView, at: number, field: Field, value: string | number): void {
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value).subarray(0, BYTES.name - 1);
    for (const [i, byte] of text.entries()) view.setUint8(at + i, byte);
  } else if (field === 'u32') view.setUint32(at, value, true);
  else if (field === 'u16') view.setUint16(at, value, true);
  else if (field === 's16') view.setInt16(at, value, true);
  else view.setInt8(at, value);
}
