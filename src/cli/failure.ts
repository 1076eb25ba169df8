import { AfterglowError } from '../errors.ts';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import { openTerminal } from './terminal.ts';

/**
 * Says what ended the program, with `json` also as a document, and returns its exit code. Every problem of a config has its own line, after its
 * warnings: a misspelt key may be why another is wrong.
 */
export function reportFailure(error: unknown, flags: { quiet?: boolean; json?: boolean }): number {
  if (flags.json) printJson(errorDocument(error));
  const terminal = openTerminal({ quiet: true });
  if (!(error instanceof AfterglowError)) {
    terminal.error(
      `Something unforeseen went wrong: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return EXIT.failed;
  }
  // An environment that openTerminal rejects has been rejected before a config was read.
  for (const line of warningsOf(error)) openTerminal(flags).warning(line);
  for (const line of error.message.split('\n')) terminal.error(line);
  return error.code === 'config' || error.code === 'busy' ? EXIT.usage : EXIT.failed;
}

/** What ended the program, for programs. */
export function errorDocument(error: unknown): { error: { code: string; message: string } } {
  const code = error instanceof AfterglowError ? error.code : 'unexpected';
  return { error: { code, message: error instanceof Error ? error.message : String(error) } };
}

/** What else a config's error has to say of the file. */
export function warningsOf({ context }: AfterglowError): readonly string[] {
  return (context.warnings as readonly string[] | undefined) ?? [];
}
