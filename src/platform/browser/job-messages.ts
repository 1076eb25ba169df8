/** What passes between the worker that holds the disk and those that do jobs, through a port each. */
import type { FileAnswer, FileCall } from './shared-files.ts';

export type ToJobWorker =
  | { readonly job: string; readonly input: unknown }
  /** Jobs, those to come too, are to end at the next good moment. */
  | { readonly stop: boolean }
  | { readonly file: FileAnswer };

export type FromJobWorker =
  | { readonly event: unknown }
  | { readonly done: unknown }
  /** In a sentence. */
  | { readonly failed: string }
  | { readonly file: FileCall };
