/** Everything that can be typed: `afterglow --help` and docs/CLI.md are written from it. */
import { Command } from 'commander';
import { ENGINE_VERSION } from '../engine/version.ts';
import { EXIT, FAILED_STEP } from './exit-codes.ts';
import { addChoosing } from './usage/choosing.ts';
import { addExcavating } from './usage/excavating.ts';
import { addPreparing } from './usage/preparing.ts';

/** Environment variables that the program reads, and what each does. */
export const ENVIRONMENT: readonly (readonly [variable: string, meaning: string])[] = [
  ['AFTERGLOW_LOG_LEVEL', 'debug, info, warning or error'],
  ['AFTERGLOW_EXPORT_ROOT', 'nothing is written outside this folder (default: paths.export_dir)'],
  ['AFTERGLOW_UNSAFE_IO=1', 'allows writing anywhere'],
  ['NO_COLOR=1', 'no colours'],
];

/** Exit codes and what each means. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.done, 'all done'],
  [EXIT.failed, 'some sources or textures failed'],
  [EXIT.usage, 'bad usage or config, or another run holds the export folder'],
  [FAILED_STEP.curate, 'batch: curate failed'],
  [FAILED_STEP.kit, 'batch: a kit failed'],
  [FAILED_STEP.instruments, 'batch: the instruments failed'],
  [FAILED_STEP.report, 'batch: the report failed'],
  [EXIT.interrupted, 'interrupted; what was made until then is whole and listed'],
];

export function createProgram(): Command {
  const program = new Command('afterglow')
    .description(
      'An offline engine for sonic archaeology: pads, drones, swells, clouds and hiss from your own archive.',
    )
    .version(ENGINE_VERSION)
    .addHelpText(
      'after',
      `\n${helpList('Environment:', ENVIRONMENT)}\n\n${helpList('Exit codes:', EXIT_MEANINGS)}`,
    )
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '[✗] ')) })
    .showHelpAfterError('(afterglow --help lists the commands and flags)')
    .exitOverride();
  addExcavating(program.commandsGroup('Make textures:'));
  addChoosing(program.commandsGroup('Choose, listen and export:'));
  addPreparing(program.commandsGroup('Prepare and look after:'));
  program.helpCommand('help [command]', 'what a command does, and all its options');
  return program;
}

function helpList(heading: string, rows: readonly (readonly [string | number, string])[]): string {
  const width = Math.max(...rows.map(([name]) => String(name).length));
  return [heading, ...rows.map(([name, meaning]) => `  ${String(name).padEnd(width)}  ${meaning}`)].join(
    '\n',
  );
}
