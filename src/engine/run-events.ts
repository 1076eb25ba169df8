/** What happens in a run: counted, told to the caller, and what of it ends the run early. */
import type { Emit, RunEvent } from './events.ts';
import { type RunTally, startTally } from './tally.ts';

/** Who wants to know of a run, and when it is to end before its end. */
export interface RunListener {
  /** Stop at the first source that fails. Default: go on. */
  readonly strict?: boolean;
  /** Ends the run early and cleanly: textures under way are finished, and the manifest is written. */
  readonly signal?: AbortSignal;
  /** Told of everything that happens, as it happens. Should it throw, the run ends early and cleanly, and throws it. */
  readonly onEvent?: Emit;
}

/** What ends a run early: the signal, a failure under `strict`, or an export folder that takes nothing more. */
export type EarlyEnd = 'interrupted' | 'strict' | 'export-failed';

export interface RunEvents {
  readonly emit: Emit;
  /** Aborted once the run is to end, whatever the reason. */
  readonly signal: AbortSignal;
  /** What ended it first; null where nothing did, and where the caller threw. */
  endedBy(): EarlyEnd | null;
  tally(): RunTally;
  /** Throws what the caller threw, if it did. */
  rethrow(): void;
}

export function startRunEvents({ onEvent, strict = false, signal }: RunListener): RunEvents {
  const tally = startTally();
  const stopping = new AbortController();
  let ended: EarlyEnd | null = null;
  const stop = (reason: EarlyEnd) => {
    ended ??= reason;
    stopping.abort();
  };
  const caller = listener(onEvent, () => stopping.abort());
  signal?.addEventListener('abort', () => stop('interrupted'), { once: true });
  if (signal?.aborted) stop('interrupted');
  return {
    emit(event) {
      // What one worker cannot write, the others cannot either; it need be said once.
      if (event.kind === 'export-failed' && ended === 'export-failed') return;
      tally.count(event);
      caller.tell(event);
      if (event.kind === 'export-failed') stop('export-failed');
      if (event.kind === 'source-failed' && strict) stop('strict');
    },
    signal: stopping.signal,
    endedBy: () => ended,
    tally: () => tally.result(),
    rethrow: () => caller.rethrow(),
  };
}

/** Tells the caller of events, until that throws: then it calls `onThrow`, and keeps what was thrown. */
function listener(onEvent: Emit | undefined, onThrow: () => void) {
  const thrown: unknown[] = [];
  return {
    tell(event: RunEvent): void {
      if (thrown.length > 0) return;
      try {
        onEvent?.(event);
      } catch (error) {
        thrown.push(error);
        onThrow();
      }
    },
    rethrow(): void {
      if (thrown.length > 0) throw thrown[0];
    },
  };
}
