import { AfterglowError } from '../errors.ts';
import type { RunEvent } from './events.ts';

/** What a run says of a source that failed. */
export type SourceFailure = Extract<RunEvent, { kind: 'source-failed' }>;

/** An error as what failed of a source; one that is none of ours comes with where it was thrown. */
export function failureOf(source: string, error: unknown): SourceFailure {
  if (error instanceof AfterglowError) {
    return { kind: 'source-failed', source, code: error.code, message: error.message };
  }
  const message = `Something unforeseen went wrong (${String(error)}); please report it, with what --verbose says.`;
  const stack = error instanceof Error && error.stack ? { stack: error.stack } : {};
  return { kind: 'source-failed', source, code: 'unexpected', message, ...stack };
}
