import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What Ctrl-C asks for: the first time to finish cleanly, the second time to quit at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  stopListening(): void;
}

/** @param doing what goes on after the first one */
export function interruption(terminal: Terminal, doing = 'finishing the textures under way'): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    terminal.warning(`${doing}; interrupt again to quit at once`);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    stopListening() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}

/**
 * Does work that leaves everything as it was where an interruption ends it.
 * @param work is given the signal that ends it, and returns its exit code
 */
export async function allOrNothing(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const { signal, stopListening } = interruption(terminal, 'putting everything back');
  try {
    return await work(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    terminal.result('Interrupted; nothing was changed.');
    return EXIT.interrupted;
  } finally {
    terminal.live('');
    stopListening();
  }
}
