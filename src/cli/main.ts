/**
 * The command line: names, flags and help. Everything that takes time to load is loaded by the command
 * that needs it, so that `afterglow --help` answers at once.
 */
import './v8-flags.ts';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PHASES, PHASES_OF_ALL, type Phase } from '../engine/phases.ts';
import { MOST_SHARDS, parseShard, type Shard } from '../engine/shard.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { FAMILIES } from '../textures/texture.ts';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import { letCompilersFinish } from './leave.ts';
import type { RunFlags } from './run-flags.ts';

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

const PHASE_HELP: Record<Phase, string> = {
  'mine-pads': 'loops from the still moments of the songs in source_audio/',
  'make-drones': 'pad loops, swells and drones from pad_sources/',
  'make-clouds': 'granular clouds from pad_sources/',
  'make-hiss': 'hiss loops and flickers from drums/',
  'mine-drums': 'single drum hits from drums/, each tagged kick, snare, hat, cymbal or perc',
  'mine-silences': 'room tone from the songs in source_audio/, as loops',
};

program
  .command('all')
  .description('make everything: pads, drones and swells, clouds, hiss')
  .action((flags: RunFlags) => excavate(PHASES_OF_ALL, flags));

for (const phase of PHASES) {
  program
    .command(phase)
    .argument('[phases...]', 'further phases for the same run')
    .description(PHASE_HELP[phase])
    .option('--from <folder>', 'take the sounds of this folder in place of those; it may lie in the export')
    .action((further: string[], flags: RunFlags) => excavate([phase, ...further], flags));
}

for (const command of program.commands) {
  addRunFlags(command);
  command.addOption(new Option('--shard <k/n>', 'only the k-th of n shares of the sources').argParser(shard));
  if (command.name() === 'mine-drums') {
    command.option('--from-songs', 'take hits from the songs in source_audio/ too');
  }
}

const dust = program
  .command('dust')
  .description('lay hiss and room tone under the pads that the export folder holds')
  .action(async (flags: RunFlags) => {
    process.exitCode = await (await import('./commands/dust.ts')).dust(flags);
  });
addRunFlags(dust);

program
  .command('init')
  .description('write a commented config.yaml and the source folders')
  .option('--preset <name>', 'with the values of a preset')
  .option('--force', 'replace a config.yaml that is there')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/init.ts')).init(flags);
  });

program
  .command('validate')
  .description('check the config and say what is wrong with it, and where')
  .option('--config <file>', 'the config to check (default: config.yaml)')
  .option('--preset <name>', 'a preset under the file')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/validate.ts')).validate(flags);
  });

program
  .command('presets')
  .description('list the presets')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/presets.ts')).presets(flags);
  });

program
  .command('info')
  .argument('<file>', 'a sound file')
  .description('what the engine hears in a file')
  .option('--config <file>', 'take thresholds from this config (default: config.yaml, if there)')
  .option('--json', 'one JSON document on stdout')
  .action(async (file, flags) => {
    process.exitCode = await (await import('./commands/info.ts')).info(file, flags);
  });

program
  .command('merge')
  .argument('<folders...>', 'export folders of shards; they are only read')
  .description('join what shards made, as if one run had made it all')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--into <folder>', 'where to (default: paths.export_dir)')
  .option('--force', 'replace textures there that differ')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (folders, flags) => {
    process.exitCode = await (await import('./commands/merge.ts')).merge(folders, flags);
  });

program
  .command('curate')
  .description('choose the best and most varied textures of each family')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .addOption(
    new Option('--top <number>', 'how many of each family (default: curation.per_family)').argParser(
      wholeNumber(1, 10_000),
    ),
  )
  .addOption(new Option('--family <names...>', 'only these families').choices(FAMILIES))
  .addOption(
    new Option('--grade <grade>', 'the least grade; F takes all').choices(['A', 'B', 'F']).default('B'),
  )
  .option('--out <folder>', 'where to (default: _curated in the export folder)')
  .option('--explain', 'say of every texture why it was taken or passed over')
  .option('--dry-run', 'choose, and write nothing')
  .option('--force', 'replace an earlier selection')
  .option('--fail-on-empty', 'end with exit code 1 where nothing is chosen')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/curate.ts')).curate(flags);
  });

program
  .command('render')
  .argument('<ids...>', 'textures of the manifest: their paths, their file names, or globs')
  .description('make textures again from the manifest and their sources')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .option('--out <file>', 'where to; a folder for several (default: here, by their own names)')
  .addOption(new Option('--rate <hz>', 'at another sample rate').argParser(wholeNumber(8000, 192_000)))
  .addOption(new Option('--depth <bits>', 'at another bit depth: 16 or 24').argParser(bitDepth))
  .addOption(new Option('--length <seconds>', 'at another length').argParser(seconds))
  .addOption(seedOption('with another seed'))
  .option('--force', 'replace what lies there')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (ids, flags) => {
    process.exitCode = await (await import('./commands/render.ts')).render(ids, flags);
  });

program
  .command('clean')
  .description('forget what is up to date, and remove what killed runs left; never textures or the manifest')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/clean.ts')).clean(flags);
  });

program
  .command('kit')
  .description('a folder that a device reads, of what curate chose, or all of grade A and B')
  .option('--list', 'list the device profiles')
  .option(
    '--profile <name>',
    'the device: a profile of the list, or the file of your own, such as ./mine.json',
  )
  .option('--name <name>', 'name of the kit', 'AG_KIT')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .option('--selection <file>', 'another selection than that of curate')
  .option('--out <folder>', 'where the kit is put (default: _kits in the export folder)')
  .option('--dry-run', 'name the files that would be written, and write nothing')
  .option('--force', 'replace a kit of that name')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/kit.ts')).kit(flags);
  });

program
  .command('instrument')
  .description('SFZ, DecentSampler and Bitwig instruments from what curate chose, or all of grade A and B')
  .addOption(
    new Option('--format <format>', 'the sampler')
      .choices(['sfz', 'decentsampler', 'bitwig', 'all'])
      .default('all'),
  )
  .option('--name <name>', 'what the files and their folder are called', 'AFTERGLOW')
  .option('--out <folder>', 'where to (default: _kits/NAME in the export folder)')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .option('--force', 'replace the instruments that are there')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/instrument.ts')).instrument(flags);
  });

program
  .command('report')
  .description('a page that shows and plays every texture: waveform, spectrogram, figures, provenance')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .option('--export <folder>', 'the export folder (default: paths.export_dir)')
  .option('--out <file>', 'the page (default: report.html in the export folder)')
  .addOption(
    new Option('--previews <size>', 'how much sound the page carries')
      .choices(['none', 'small', 'full'])
      .default('small'),
  )
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/report.ts')).report(flags);
  });

program
  .command('studio')
  .argument('[exports...]', 'export folders (default: paths.export_dir)')
  .description('a page on this machine to hear, keep and gather textures in')
  .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
  .addOption(
    new Option('--port <number>', 'where it listens')
      .argParser(wholeNumber(0, 65_535))
      .default(0, 'any free one'),
  )
  .option('--no-open', 'only print the address')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (exports, flags) => {
    process.exitCode = await (await import('./commands/studio.ts')).studio(exports, flags);
  });

program
  .command('batch')
  .description('archive to kit in one go: every phase, curate, kit, instruments, report')
  .requiredOption(
    '--input <folder>',
    'the archive: a folder with source_audio/, pad_sources/, drums/, or any folder of sounds',
  )
  .option('--project <name>', "names the export folder, kits and instruments (default: the input's name)")
  .option('--kit <profiles...>', 'devices to make kits for; afterglow kit --list lists them')
  .option('--export <folder>', 'the export folder (default: export/PROJECT here)')
  .option('--config <file>', "the config (default: the input's config.yaml, where there is one)")
  .option('--preset <name>', 'a preset under the config')
  .addOption(jobsOption())
  .addOption(seedOption('the seed of all chance'))
  .option('--strict', 'stop at the first source that fails')
  .option('--force', 'replace selection, kits and instruments that were changed by hand')
  .option('--verbose', 'say more')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (flags) => {
    process.exitCode = await (await import('./commands/batch.ts')).batch(flags);
  });

program
  .command('demo')
  .argument('[folder]', 'where to put it', 'afterglow-demo')
  .description('make a small archive, excavate it, and say where to listen')
  .addOption(jobsOption())
  .option('--verbose', 'say more')
  .option('--quiet', 'say nothing but errors')
  .option('--json', 'one JSON document on stdout')
  .action(async (folder, flags) => {
    process.exitCode = await (await import('./commands/demo.ts')).demo(folder, flags);
  });

async function excavate(phases: readonly string[], flags: RunFlags): Promise<void> {
  process.exitCode = await (await import('./commands/excavate.ts')).excavate(phases, flags);
}

function addRunFlags(command: Command): void {
  command
    .option('--config <file>', 'the config (default: config.yaml)')
    .option('--preset <name>', 'a preset under the config; "afterglow presets" lists them')
    .option('--export <folder>', 'where to write (default: paths.export_dir)')
    .option('--dry-run', 'name the files that would be written, and write nothing')
    .addOption(
      new Option(
        '--only <glob>',
        'only sources whose path or name matches; may be given several times',
      ).argParser(oneMoreGlob),
    )
    .option('--force', 'make everything, also what is up to date')
    .option('--prune', 'remove textures of earlier runs that this one would not have made')
    .option('--strict', 'stop at the first error')
    .addOption(jobsOption())
    .addOption(seedOption('the seed of all chance'))
    .option('--verbose', 'say more')
    .option('--quiet', 'say nothing but errors')
    .option('--json', 'one JSON document on stdout');
}

function jobsOption(): Option {
  return new Option(
    '--jobs <number>',
    'sources at once (default: one a core, as far as memory allows)',
  ).argParser(wholeNumber(1, 256));
}

function seedOption(description: string): Option {
  return new Option('--seed <number>', description).argParser(wholeNumber(0, 2 ** 32 - 1));
}

function bitDepth(text: string): number {
  if (text === '16' || text === '24') return Number(text);
  throw new InvalidArgumentError('It must be 16 or 24.');
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.1 && value <= 600) return value;
  throw new InvalidArgumentError('It must be a number of seconds from 0.1 to 600.');
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

function oneMoreGlob(glob: string, before: readonly string[] = []): readonly string[] {
  if (glob.trim() === '') throw new InvalidArgumentError("It must be a glob, such as 'night*'.");
  return [...before, glob];
}

function shard(text: string): Shard {
  const parsed = parseShard(text);
  if (parsed) return parsed;
  const hint = text.startsWith('0/') ? ' Shards count from 1: add 1 to an index that counts from 0.' : '';
  throw new InvalidArgumentError(
    `It must be k/n with k from 1 to n, and n at most ${MOST_SHARDS}, such as 2/8.${hint}`,
  );
}

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
