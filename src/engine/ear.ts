/** A worker thread's side of listening for kinds: one file a call. */
import { AfterglowError } from '../errors.ts';
import { listenForKind } from './listen-for-kind.ts';
import type { Route } from './routes.ts';

/**
 * What a file is taken for. One that cannot be read is unknown, and by itself no failure: the run that reads it tells.
 * @returns null where it cannot be read, which a later look may find otherwise
 */
export default async function hear(path: string): Promise<Route | null> {
  try {
    const heard = await listenForKind(path);
    if (!heard) return { kind: 'unknown', by: 'ear', confidence: null, reason: { code: 'nothing-to-hear' } };
    const { estimate, reason } = heard;
    return { kind: estimate.kind, by: 'ear', confidence: Number(estimate.confidence.toFixed(3)), reason };
  } catch (error) {
    if (error instanceof AfterglowError) return null;
    throw error;
  }
}
