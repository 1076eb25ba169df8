/** What passes between the page and the worker that is its studio: the page calls, the worker answers, and reports events. */
import type { Decoded } from '../../platform/browser/foreign.ts';
import type { ErrorAnswer, StudioEvent } from '../protocol.ts';

/** A worker's first message: what it is to be. */
export type Role =
  | {
      readonly role: 'studio';
      /** To the workers that do jobs. */
      readonly ports: readonly MessagePort[];
      /** Files that come with the engine, by path in its package. */
      readonly shipped: Readonly<Record<string, string>>;
      /** Null: by chance. */
      readonly seed: number | null;
    }
  | { readonly role: 'jobs'; readonly port: MessagePort; readonly id: number };

/** A file that somebody brought, and where it lies in what was brought: with slashes, without one at its start. */
export interface Brought {
  readonly path: string;
  readonly file: File;
}

/** A file of the export; the stamp is another where it changed. */
export interface ExportFile {
  readonly path: string;
  readonly stamp: string;
}

/** What the page may ask for, with what it receives. */
export interface StudioCalls {
  /** A request of the protocol. */
  ask(request: { readonly method: 'GET' | 'POST'; readonly address: string; readonly body: string | null }): {
    readonly body: string | Uint8Array<ArrayBuffer>;
    readonly headers: Readonly<Record<string, string>>;
  };
  /**
   * Mines what somebody brought, beside what was brought before; where all of it is an export that was saved earlier, that is taken
   * back. @returns once it has begun; the name of the export that was taken, so that nothing is unsaved, else null
   */
  bring(brought: readonly Brought[]): { readonly takenBack: string | null };
  /** Makes the demo's archive, and mines it. */
  demo(): null;
  /** How many sounds were stopped before all was made of them. */
  stopped(): number;
  /** Goes on with these. */
  goOn(): null;
  /** A folder as one ZIP. @param folder as answers name it; null is the whole export */
  zip(folder: string | null): { readonly name: string; readonly blob: Blob };
  /** All files of the export. */
  exportFiles(): readonly ExportFile[];
  /** The bytes of one of them. */
  exportFile(path: string): Uint8Array<ArrayBuffer>;
  /** An export that was saved earlier, by paths in it. */
  putBack(files: readonly Brought[]): null;
}

export type StudioCall = {
  [Name in keyof StudioCalls]: {
    readonly call: number;
    readonly name: Name;
    readonly given: Parameters<StudioCalls[Name]>[0] | null;
  };
}[keyof StudioCalls];

/** The page's answer to {@link FromStudio}'s `decode`; null where the browser cannot read the sound. */
export interface DecodedAnswer {
  readonly decoded: number;
  readonly sound: Decoded | null;
}

export type FromStudio =
  /** A sound that only the page can decode. */
  | { readonly decode: number; readonly file: Blob; readonly sampleRate: number }
  | { readonly ready: true }
  | { readonly event: StudioEvent }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failure: ErrorAnswer['error'] };
