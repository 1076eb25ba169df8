/**
 * Binary records as data: a layout says once where each field lies, and reading and writing follow from it. Fields whose
 * meaning nobody knows are listed as well, so that what was read is written back to the byte.
 */

/** Numbers in a record, either way round. */
export type ByteOrder = 'little' | 'big';

/** A value at its place in a record. */
export interface Field<T> {
  /** Where it begins, bytes from the record's start. */
  readonly at: number;
  /** How many bytes it has. */
  readonly size: number;
  read(view: DataView, order: ByteOrder): T;
  write(view: DataView, value: T, order: ByteOrder): void;
}

export type Layout = Readonly<Record<string, Field<unknown>>>;

/** What a record of a layout says. */
export type RecordOf<L extends Layout> = {
  readonly [K in keyof L]: L[K] extends Field<infer T> ? T : never;
};

export const u8 = (at: number) => number(at, 1, 'Uint8');
export const i8 = (at: number) => number(at, 1, 'Int8');
export const u16 = (at: number) => number(at, 2, 'Uint16');
export const u32 = (at: number) => number(at, 4, 'Uint32');
export const f32 = (at: number) => number(at, 4, 'Float32');

function number(
  at: number,
  size: number,
  type: 'Uint8' | 'Int8' | 'Uint16' | 'Uint32' | 'Float32',
): Field<number> {
  return {
    at,
    size,
    read: (view, order) => view[`get${type}`](at, order === 'little'),
    write: (view, value, order) => view[`set${type}`](at, value, order === 'little'),
  };
}

/** Latin-1 text, filled up with zeros; what stands behind a zero within is a part of it. */
export function text(at: number, size: number): Field<string> {
  return {
    at,
    size,
    read: (view) => String.fromCharCode(...within(view, at, size)).replace(/\0+$/, ''),
    write: (view, value) => {
      const codes = Array.from({ length: size }, (_, i) => (i < value.length ? value.charCodeAt(i) : 0));
      within(view, at, size).set(codes);
    },
  };
}

/** Bytes as they come, as many as there is room for. */
export function raw(at: number, size: number): Field<readonly number[]> {
  return {
    at,
    size,
    read: (view) => [...within(view, at, size)],
    write: (view, value) => within(view, at, size).set(value.slice(0, size)),
  };
}

/** Fields of one kind, one behind the other. @param of one of them, at its place */
export function list<T>(at: number, count: number, of: (at: number) => Field<T>): Field<readonly T[]> {
  const { size } = of(0);
  const fields = Array.from({ length: count }, (_, i) => of(at + i * size));
  return {
    at,
    size: count * size,
    read: (view, order) => fields.map((field) => field.read(view, order)),
    write: (view, values, order) => {
      for (const [i, field] of fields.entries()) field.write(view, values[i], order);
    },
  };
}

/** A record within a record; its own places count from its start. */
export function group<L extends Layout>(at: number, layout: L): Field<RecordOf<L>> {
  const size = sizeOf(layout);
  const own = (view: DataView) => new DataView(view.buffer, view.byteOffset + at, size);
  return {
    at,
    size,
    read: (view, order) => readRecord(layout, own(view), order),
    write: (view, value, order) => writeRecord(layout, value, own(view), order),
  };
}

/** Bytes of a record: up to the end of the field that ends last. */
export function sizeOf(layout: Layout): number {
  return Math.max(...Object.values(layout).map(({ at, size }) => at + size));
}

/** @param view of {@link sizeOf} bytes at least */
export function readRecord<L extends Layout>(layout: L, view: DataView, order: ByteOrder): RecordOf<L> {
  const entries = Object.entries(layout).map(([name, field]) => [name, field.read(view, order)]);
  return Object.fromEntries(entries) as RecordOf<L>;
}

/** @param view of {@link sizeOf} bytes at least */
export function writeRecord<L extends Layout>(
  layout: L,
  values: RecordOf<L>,
  view: DataView,
  order: ByteOrder,
): void {
  for (const [name, field] of Object.entries(layout)) field.write(view, values[name as keyof L], order);
}

function within(view: DataView, at: number, size: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, size);
}
