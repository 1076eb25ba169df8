import type { Platform } from '../../platform/platform.ts';
import { type AnalysisRequest, type AnalysisRequests, createAnalysisQueue } from './analysis-requests.ts';

/** What takes too long for the thread that answers requests; see `analysis-requests.ts`. */
export interface Analyser {
  /** Answers come in the order in which requests were sent. */
  send<K extends keyof AnalysisRequests>(
    kind: K,
    request: AnalysisRequests[K]['request'],
  ): Promise<AnalysisRequests[K]['result']>;
  /** What is under way is never answered. */
  close(): Promise<void>;
}

/** @param ask answers requests one after the other, wherever that is done */
export function analyserOf(
  ask: (request: AnalysisRequest) => Promise<unknown>,
  close: () => Promise<void> = async () => {},
): Analyser {
  return {
    send: (kind, request) => ask({ kind, ...request } as AnalysisRequest) as Promise<never>,
    close,
  };
}

/** Works in the caller's own thread; requests come in between. */
export function ownThreadAnalyser(platform: Platform): Analyser {
  const ask = createAnalysisQueue(platform);
  return analyserOf(async (request) => {
    const answer = await ask(request);
    await new Promise((resolve) => setTimeout(resolve));
    return answer;
  });
}
