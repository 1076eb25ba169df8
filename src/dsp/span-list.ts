/** A part of a memory: from a place up to another, which is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What is free of a memory. The first span that is large enough is given out, and neighbours that are given back become one
 * again: however long spans come and go, it does not fall to pieces for good.
 */
export class SpanList {
  /** In order of place; no two touch. */
  readonly #free: Span[];

  constructor(start: number, end: number) {
    this.#free = [{ start, end }];
  }

  /** @returns null where no free span is as large */
  take(size: number): Span | null {
    const index = this.#free.findIndex(({ start, end }) => end - start >= size);
    if (index < 0) return null;
    const { start, end } = this.#free[index];
    const taken = { start, end: start + size };
    if (taken.end === end) this.#free.splice(index, 1);
    else this.#free[index] = { start: taken.end, end };
    return taken;
  }

  /** @param span as {@link take} gave it */
  give(span: Span): void {
    const found = this.#free.findIndex(({ start }) => start > span.start);
    const index = found < 0 ? this.#free.length : found;
    const [before, after] = [this.#free[index - 1], this.#free[index]];
    const joinsBefore = before?.end === span.start;
    const joinsAfter = after?.start === span.end;
    const joined = { start: joinsBefore ? before.start : span.start, end: joinsAfter ? after.end : span.end };
    this.#free.splice(index - Number(joinsBefore), Number(joinsBefore) + Number(joinsAfter), joined);
  }
}
