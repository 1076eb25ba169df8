/** Sounds that are fetched to be played: only what was asked for last is played when it comes. */
import { announce, byId } from '../../../report/page/element.ts';

export interface LatestRequest {
  /**
   * @param fetch gets what is to be played
   * @returns what it got; null where something else was asked for meanwhile, or it went wrong, which the page then says
   */
  fetch<T>(fetch: () => Promise<T>): Promise<T | null>;
  /** What is being fetched is not played any more. */
  cancel(): void;
}

export function createLatestRequest(): LatestRequest {
  let latest = 0;
  return {
    async fetch(fetch) {
      const own = ++latest;
      try {
        const result = await fetch();
        return own === latest ? result : null;
      } catch (error) {
        showSoundProblem((error as Error).message);
        return null;
      }
    },
    cancel() {
      latest++;
    },
  };
}

export function showSoundProblem(message: string): void {
  byId('sound-problem').textContent = message;
  byId('sound-problem').hidden = false;
  announce(message);
}
