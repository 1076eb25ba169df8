/** What passes between the program and a worker thread. */

/** What a thread is begun with. */
export interface WorkerStart {
  /** One shared number; not 0 once jobs are to end. */
  readonly stop: Int32Array;
}

export interface WorkerCall {
  readonly job: string;
  readonly input: unknown;
}

/** What comes of a call: its events in order, then its result, or what it threw. */
export type WorkerMessage =
  | { readonly event: unknown }
  | { readonly done: unknown }
  | { readonly failed: unknown };
