import type { MessagePort } from 'node:worker_threads';

export interface WorkerCall {
  readonly job: string;
  readonly input: unknown;
  readonly port: MessagePort;
  /** One shared number; not 0 once jobs are to end. */
  readonly stop: Int32Array;
}

/** What goes through a call's port: events, and at the end that there are no more. */
export type WorkerMessage = { readonly event: unknown } | 'done';
