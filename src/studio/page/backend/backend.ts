/** What answers the page: the local server, or a worker of its own. One client speaks to either. */
import type { StudioEvent } from '../../protocol.ts';

export interface Backend {
  /**
   * Sends a request of the protocol.
   * @param address path and query
   * @param body JSON; makes it a POST
   * @throws Unanswered; the signal's reason where it aborts
   */
  ask(address: string, body: string | null, signal?: AbortSignal): Promise<Answered>;
  /**
   * @param onOpen is called when it is there again after it was not
   * @param onLost is called when it no longer answers
   */
  listen(onEvent: (event: StudioEvent) => void, onOpen: () => void, onLost: () => void): void;
  readonly words: BackendWords;
  /** Of the program that the audio thread runs to record the mix (`recorder-worklet.ts`). */
  readonly recorderAddress: string;
  /**
   * Gives the user a folder, as answers name it, as a file; null where folders lie on the user's disk anyway.
   * @returns what the file is called
   */
  readonly give: ((folder: string) => Promise<string>) | null;
  /** Whether what it makes is shown as it is made. */
  readonly isFollowed: boolean;
}

export interface BackendWords {
  /** Why it may not answer, and what to do. */
  readonly lost: string;
  /** Where nothing was made yet; null where each export says why. */
  readonly nothingYet: string | null;
  /** Where there is nothing to make more of WHAT from. */
  readonly noSource: string;
  /** Of decisions on their way to it, and of those that it has; empty where nobody needs to know. */
  readonly saving: string;
  readonly saved: string;
}

export interface Answered {
  readonly bytes: ArrayBuffer;
  header(name: string): string | null;
}

/** No answer came (`offline`), or one that says why not. The message is a sentence for people. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

let inUse: Backend;

/** Before anything is asked. */
export function useBackend(backend: Backend): void {
  inUse = backend;
}

export function backend(): Backend {
  return inUse;
}
