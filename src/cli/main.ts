/**
 * The command line. usage/ holds what can be typed; everything that takes time to load is loaded by the command
 * that needs it, so that `afterglow --help` answers at once.
 */
import './v8-flags.ts';
import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION } from '../engine/version.ts';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import { letCompilersFinish } from './leave.ts';
import { addChoosing } from './usage/choosing.ts';
import { addExcavating } from './usage/excavating.ts';
import { addPreparing } from './usage/preparing.ts';

const ENVIRONMENT = `
Environment:
  AFTERGLOW_LOG_LEVEL    debug, info, warning or error
  AFTERGLOW_EXPORT_ROOT  nothing is written outside this folder (default: paths.export_dir)
  AFTERGLOW_UNSAFE_IO=1  lifts that
  NO_COLOR=1             no colours

Exit codes: 0 all done, 1 some sources failed, 2 bad usage or config, or another run
holds the export folder, 130 interrupted; of batch also 3 curate, 4 kit, 5 instruments,
6 report failed.`;

const program = new Command('afterglow')
  .description(
    'An offline engine for sonic archaeology: pads, drones, swells, clouds and hiss from your own archive.',
  )
  .version(ENGINE_VERSION)
  .addHelpText('after', ENVIRONMENT)
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '[✗] ')) })
  .showHelpAfterError('(afterglow --help lists the commands and flags)')
  .exitOverride();

addExcavating(program.commandsGroup('Make textures:'));
addChoosing(program.commandsGroup('Choose, hear and take away:'));
addPreparing(program.commandsGroup('Prepare and look after:'));
program.helpCommand('help [command]', 'what a command does, and all its options');

// A reader such as `head` may leave before everything is said; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  // Where the usage is wrong no flag has been understood yet.
  const json = process.argv.includes('--json');
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
