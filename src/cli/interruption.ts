import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** What Ctrl-C asks for: the first time to finish cleanly, the second time to quit at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  stopListening(): void;
}

export function interruption(terminal: Terminal): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    terminal.warning('finishing the textures under way; interrupt again to quit at once');
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
