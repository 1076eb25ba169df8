/** The commands that work with finished textures: choose, listen, export. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FAMILIES } from '../../families/index.ts';
import { listed } from '../../reasons/listed.ts';
import { PAGE_BYTES } from '../../report/byte-budget.ts';
import { playerTargets, TARGETS } from '../../targets/index.ts';
import type { PlayerTarget } from '../../targets/target.ts';
import { SCOPES } from '../../targets/zones.ts';
import { addKitOptions } from './kit-wishes.ts';
import {
  addExportOptions,
  addOutputOptions,
  exits,
  instrumentRateOption,
  seconds,
  seedOption,
  wholeNumber,
} from './options.ts';

/** A browser reads a page of a gigabyte, and nobody wants one. */
const MOST_PAGE_MB = 1000;

/** @param targets that the commands offer */
export function addChoosing(program: Command, targets = TARGETS): void {
  const curate = program
    .command('curate')
    .description('choose the best and most varied textures of each family');
  addExportOptions(curate)
    .addOption(
      new Option('--top <number>', 'how many of each family (default: curation.per_family)').argParser(
        wholeNumber(1, 10_000),
      ),
    )
    .addOption(
      new Option(
        '--family <names...>',
        'only these families; a selection that is replaced keeps what it has of others',
      ).choices(FAMILIES.map(({ id }) => id)),
    )
    .addOption(
      new Option('--grade <grade>', 'the lowest grade to choose from; F takes all')
        .choices(['A', 'B', 'F'])
        .default('B'),
    )
    .option('--out <folder>', 'where to (default: _curated in the export folder)')
    .option('--explain', 'say for every texture why it was chosen or left out')
    .option('--dry-run', 'choose, and write nothing')
    .option('--force', 'replace an earlier selection')
    .option('--fail-on-empty', 'end with exit code 1 where nothing is chosen');
  addOutputOptions(curate).action(
    exits(async (flags) => (await import('../commands/curate.ts')).curate(flags)),
  );

  const studio = program
    .command('studio')
    .argument('[exports...]', 'export folders (default: paths.export_dir)')
    .description('open a page on this machine to listen, decide and build kits')
    .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
    .addOption(
      new Option('--port <number>', 'the port to serve on')
        .argParser(wholeNumber(0, 65_535))
        .default(0, 'any free one'),
    )
    .option('--no-open', 'only print the address');
  addOutputOptions(studio).action(
    exits(async (exports, flags) => (await import('../commands/studio.ts')).studio(exports, flags)),
  );

  const report = program
    .command('report')
    .description('write one page that shows and plays every texture: waveform, spectrogram, figures, origin');
  addExportOptions(report)
    .option('--out <file>', 'the page (default: report.html in the export folder)')
    .addOption(
      new Option('--previews <size>', 'how much sound the page holds')
        .choices(['none', 'small', 'full'])
        .default('small'),
    )
    .addOption(
      new Option(
        '--max-mb <number>',
        'largest size of the page, MB; sounds that do not fit are written next to it',
      )
        .argParser(wholeNumber(1, MOST_PAGE_MB))
        .default(PAGE_BYTES / 1e6),
    );
  addOutputOptions(report).action(
    exits(async (flags) => (await import('../commands/report.ts')).report(flags)),
  );

  const kit = program
    .command('kit')
    .description('write a folder for one device, of what curate chose, or of all of grade A and B')
    .option('--list', 'list the device profiles')
    .option(
      '--profile <name>',
      'the device: a profile of the list, or a file of your own, such as ./mine.json',
      oneDevice,
    )
    .option('--name <name>', 'name of the kit (default: AG_ and the device, such as AG_TR8S)');
  addKitOptions(addExportOptions(kit))
    .option('--selection <file>', 'use this selection instead of the one that curate wrote')
    .option('--out <folder>', 'where the kit is put (default: _kits in the export folder)')
    .option('--chains', 'put the short one-shots of a family into one file, each a slice of it')
    .option('--zip', 'write the kit as one ZIP, which unpacks onto the card')
    .option('--dry-run', 'name the files that would be written, and write nothing')
    .option('--force', 'replace a kit of that name');
  addOutputOptions(kit).action(exits(async (flags) => (await import('../commands/kit.ts')).kit(flags)));

  const players = playerTargets(targets);
  const instrument = program
    .command('instrument')
    .description(
      `write ${listed(players.map(({ sampler }) => sampler))} instruments, of what curate chose, or of all of grade A and B`,
    )
    .addOption(
      new Option('--format <format>', 'the sampler')
        .choices([...players.map(({ id }) => id), 'all'])
        .default('all'),
    )
    .option('--name <name>', 'what the files and their folder are called', 'AFTERGLOW')
    .addOption(
      new Option(
        '--scope <scopes...>',
        `only palettes of all, instruments of a source, or of a texture (default: all; ${usualScopes(players)})`,
      ).choices(SCOPES),
    )
    .addOption(instrumentRateOption())
    .option('--guard-frames', 'put three frames of a loop behind its end, for players that read on there')
    .option('--out <folder>', 'where to (default: _kits/NAME in the export folder)');
  addExportOptions(instrument).option('--force', 'replace the instruments that are there');
  addOutputOptions(instrument).action(
    exits(async (flags) => (await import('../commands/instrument.ts')).instrument(flags)),
  );

  const render = program
    .command('render')
    .argument('<ids...>', 'textures of the manifest: their paths, their file names, or globs')
    .description('make textures again from the manifest and their sources');
  addExportOptions(render)
    .option('--out <file>', 'where to; a folder for several (default: here, by their own names)')
    .addOption(new Option('--rate <hz>', 'at another sample rate').argParser(wholeNumber(8000, 192_000)))
    .addOption(new Option('--depth <bits>', 'at another bit depth: 16 or 24').argParser(bitDepth))
    .addOption(new Option('--length <seconds>', 'at another length').argParser(seconds))
    .addOption(seedOption('with another seed'))
    .option('--force', 'replace files that are there')
    .option('--explain', 'say which places of a loop were looked at, and why one won; nothing is written');
  addOutputOptions(render).action(
    exits(async (ids, flags) => (await import('../commands/render.ts')).render(ids, flags)),
  );
}

/** Of those formats that do not have all by default: `bitwig palette; sf2 palette, texture`. */
function usualScopes(players: readonly PlayerTarget[]): string {
  return players
    .filter((player) => player.usualScopes.length < SCOPES.length)
    .map((player) => `${player.id} ${player.usualScopes.join(', ')}`)
    .join('; ');
}

function bitDepth(text: string): number {
  if (text === '16' || text === '24') return Number(text);
  throw new InvalidArgumentError('It must be 16 or 24.');
}

/** @throws InvalidArgumentError where a device is named already */
function oneDevice(name: string, before: string | undefined): string {
  if (before === undefined) return name;
  throw new InvalidArgumentError(
    `A kit is for one device, and “${before}” is named already; run it once for each.`,
  );
}
