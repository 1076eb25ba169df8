import { AfterglowError } from '../errors.ts';
import { openTerminal } from './terminal.ts';

/** Exit codes: 0 all done, 1 some sources failed, 2 bad usage or config, 130 interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Says what ended the program, and returns its exit code. Every problem of a config has its own line. */
export function reportFailure(error: unknown): number {
  const terminal = openTerminal({ quiet: true });
  if (!(error instanceof AfterglowError)) {
    terminal.error(
      `Something unforeseen went wrong: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return EXIT.failed;
  }
  for (const line of error.message.split('\n')) terminal.error(line);
  return error.code === 'config' ? EXIT.usage : EXIT.failed;
}
