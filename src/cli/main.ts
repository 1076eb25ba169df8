/**
 * The command line. program.ts holds what can be typed; everything that takes time to load is loaded by the command
 * that needs it, so that `afterglow --help` answers at once.
 */
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import { letCompilersFinish } from './leave.ts';
import { createProgram } from './program.ts';

/** Does what was typed; how it ends is the process's exit code. @param argv as `process.argv` */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  listenForLostReaders();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    // Where the usage is wrong no flag has been understood yet.
    const json = argv.includes('--json');
    if (!(error instanceof CommanderError)) {
      const quiet = program.commands.some((command) => command.opts().quiet === true);
      process.exitCode = (await import('./failure.ts')).reportFailure(error, { quiet, json });
    } else if (error.exitCode === 0) {
      process.exitCode = EXIT.done;
    } else {
      process.exitCode = EXIT.usage;
      if (json) printJson({ error: { code: 'usage', message: error.message.replace(/^error: /, '') } });
    }
  }
  await letCompilersFinish();
}

function listenForLostReaders(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may leave before everything is said; that is no failure.
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    const why =
      error.code === 'ENOSPC' ? 'the disk is full; make room' : `${error.message}; see where it goes,`;
    process.stderr.write(`[✗] Cannot write to the standard output: ${why} and run again.\n`);
    process.exit(EXIT.failed);
  });
  // There is nowhere left to say it, and what is made is made all the same.
  process.stderr.on('error', () => {});
}
