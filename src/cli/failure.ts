import { AfterglowError } from '../errors.ts';
import { EXIT } from './exit-codes.ts';
import { openTerminal } from './terminal.ts';

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
  return error.code === 'config' || error.code === 'busy' ? EXIT.usage : EXIT.failed;
}
