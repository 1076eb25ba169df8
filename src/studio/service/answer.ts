/** A request to the studio and what it is answered with, however the two travel: over HTTP, or between a page and its worker. */

export interface Asked {
  readonly query: URLSearchParams;
  /** What was sent along, as JSON. @throws RequestError where it is none */
  body(): Promise<unknown>;
}

export type Answer =
  | { readonly kind: 'json'; readonly text: string }
  /** Bytes that are not kept in a file. */
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly type: string;
      /** Changes when the bytes do. */
      readonly stamp: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A file, which must lie in the folder, all links resolved. Both absolute. */
  | { readonly kind: 'file'; readonly file: string; readonly folder: string; readonly type: string };

export function json(answer: object): Answer {
  return { kind: 'json', text: JSON.stringify(answer) };
}
