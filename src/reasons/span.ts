/** A figure of several results that differ in their figures alone: it prints `1–2`, or `1` where all have the same. */
export class Span {
  readonly least: number;
  readonly most: number;

  constructor(least: number, most: number) {
    this.least = least;
    this.most = most;
  }

  /** Least and most as this prints them; once where they print alike. */
  as(print: (figure: number) => string | number): string {
    const [least, most] = [String(print(this.least)), String(print(this.most))];
    return least === most ? least : `${least}–${most}`;
  }

  toString(): string {
    return this.as(String);
  }
}

/** Plain data with a {@link Span} for each number in it. */
export type Spanned<Data> = Data extends number
  ? Span
  : Data extends readonly (infer Item)[]
    ? readonly Spanned<Item>[]
    : Data extends object
      ? { readonly [Key in keyof Data]: Spanned<Data[Key]> }
      : Data;

/** What is the same of data that differ in their figures alone. */
export function shapeOf(data: object): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === 'number' ? 0 : value));
}

/** Several data of one {@link shapeOf} as one. @param all at least one */
export function spanned<Data extends object>(all: readonly Data[]): Spanned<Data> {
  return spannedValue(all) as Spanned<Data>;
}

function spannedValue(all: readonly unknown[]): unknown {
  const [first] = all;
  if (typeof first === 'number') return spanOf(all as readonly number[]);
  if (Array.isArray(first)) {
    return first.map((_, i) => spannedValue(all.map((list) => (list as unknown[])[i])));
  }
  if (typeof first !== 'object' || first === null) return first;
  const keys = Object.keys(first);
  return Object.fromEntries(
    keys.map((key) => [key, spannedValue(all.map((each) => (each as Record<string, unknown>)[key]))]),
  );
}

function spanOf(figures: readonly number[]): Span {
  let [least, most] = [figures[0], figures[0]];
  for (const figure of figures) {
    if (figure < least) least = figure;
    if (figure > most) most = figure;
  }
  return new Span(least, most);
}
