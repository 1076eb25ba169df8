/** Options that several commands share, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';

/** Has the exit code come from what a command's action returns. */
export function exits<Arguments extends readonly unknown[]>(
  run: (...given: Arguments) => Promise<number>,
): (...given: Arguments) => Promise<void> {
  return async (...given) => {
    process.exitCode = await run(...given);
  };
}

/** For commands that work on an export folder that is there. */
export function addExportOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
    .option('--export <folder>', 'the export folder (default: paths.export_dir)');
}

/** How much a command says, and to whom; the last two of its options. */
export function addOutputOptions(command: Command): Command {
  return addJsonOption(command.option('--quiet', 'say nothing but errors'));
}

export function addJsonOption(command: Command): Command {
  return command.option('--json', 'one JSON document on stdout');
}

export function jobsOption(): Option {
  return new Option(
    '--jobs <number>',
    'how many sources to work on at once (default: one per core, as far as memory allows)',
  ).argParser(wholeNumber(1, 256));
}

export function instrumentRateOption(): Option {
  return new Option(
    '--rate <hz>',
    'bring the samples of instruments to this rate, loops round their ends; 48000 for browsers, 8000 to 192000',
  ).argParser(wholeNumber(8000, 192_000));
}

export function seedOption(description: string): Option {
  return new Option('--seed <number>', description).argParser(wholeNumber(0, 0xffffffff));
}

/** Reads a whole number within bounds. @throws InvalidArgumentError for anything else */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Reads a length of sound. @throws InvalidArgumentError for anything else */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.1 && value <= 600) return value;
  throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 600.');
}
