import { AfterglowError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import { analyseForKind } from './analyse-for-kind.ts';
import type { Route } from './routes.ts';

/**
 * What a file is taken for. One that cannot be read is unknown, and by itself no failure: the run that reads it reports.
 * @returns null where it cannot be read, which a later look may find otherwise
 */
export async function recogniseKind(platform: Platform, path: string): Promise<Route | null> {
  try {
    const found = await analyseForKind(platform, path);
    if (!found) return { kind: 'unknown', by: 'ear', confidence: null, reason: { code: 'nothing-to-hear' } };
    const { estimate, reason } = found;
    return { kind: estimate.kind, by: 'ear', confidence: Number(estimate.confidence.toFixed(3)), reason };
  } catch (error) {
    if (error instanceof AfterglowError) return null;
    throw error;
  }
}
