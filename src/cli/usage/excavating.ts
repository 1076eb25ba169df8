/** The commands that make textures. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Families } from '../../config/settings.ts';
import { MOST_SHARDS, parseShard, type Shard } from '../../engine/shard.ts';
import { FAMILIES } from '../../families/index.ts';
import { makersOf, phasesOf, phasesOfAll } from '../../families/lookup.ts';
import type { RunFlags } from '../run-flags.ts';
import { addOutputOptions, exits, instrumentRateOption, jobsOption, seedOption } from './options.ts';

const PRUNE_HELP = 'remove textures of earlier runs that this one would not have made';
const BESIDE_HELP = 'write new textures next to kept or changed ones, which they may not replace';

/** @param families for whose phases there are commands */
export function addExcavating(program: Command, families: Families = FAMILIES): void {
  const all = program
    .command('all')
    .description(`make ${titlesOfAll(families).join(', ')}; the other phases have commands of their own`);
  addShardOption(addRunOptions(all)).action(
    exits((flags: RunFlags) => excavate(phasesOfAll(families), flags)),
  );

  for (const { id, help, flag } of phasesOf(families)) {
    const command = program
      .command(id)
      .argument('[phases...]', 'further phases for the same run')
      .description(help)
      .option('--from <folder>', 'use the sounds of this folder instead; it may lie in the export folder');
    addShardOption(addRunOptions(command));
    const option = flag && new Option(`--${flag.name}`, flag.help);
    if (option) command.addOption(option);
    command.action(
      exits((further: string[], flags: RunFlags & Record<string, unknown>) => {
        const turnedOn = option && flags[option.attributeName()] ? [flag.setting] : [];
        return excavate([id, ...further], { ...flags, turnedOn });
      }),
    );
  }

  for (const maker of makersOf(families)) {
    if (maker.input !== 'textures') continue;
    const command = program.command(maker.id).description(maker.help);
    addRunOptions(command).action(
      exits(async (flags: RunFlags) => (await import('../commands/dust.ts')).dust(flags)),
    );
  }

  const batch = program
    .command('batch')
    .description('archive to kit in one go: every phase, curate, kit, instruments, report')
    .requiredOption(
      '--input <folder>',
      'the archive: a folder with source_audio/, pad_sources/, drums/, or any folder of sounds',
    )
    .option('--project <name>', "names the export folder, kits and instruments (default: the input's name)")
    .option('--kit <profiles...>', 'devices to make kits for; afterglow kit --list lists them')
    .addOption(instrumentRateOption())
    .option('--export <folder>', 'the export folder (default: export/PROJECT here)')
    .option('--config <file>', "the config (default: the input's config.yaml, where there is one)")
    .option('--preset <name>', 'a preset under the config')
    .addOption(jobsOption())
    .addOption(seedOption('the random seed (default: a fresh one, which the manifest records)'))
    .option('--dry-run', 'say how the sounds are sorted and which files would be written; write nothing')
    .option('--strict', 'stop at the first source that fails')
    .option('--force', 'make everything again, also textures that are up to date, kept or changed by hand')
    .option('--beside', BESIDE_HELP)
    .option('--prune', PRUNE_HELP)
    .option('--verbose', 'say more');
  addOutputOptions(batch).action(exits(async (flags) => (await import('../commands/batch.ts')).batch(flags)));

  const demo = program
    .command('demo')
    .argument('[folder]', 'where to put it', 'afterglow-demo')
    .description('make a small archive, mine it, and say what to listen to first')
    .addOption(jobsOption())
    .option('--verbose', 'say more');
  addOutputOptions(demo).action(
    exits(async (folder, flags) => (await import('../commands/demo.ts')).demo(folder, flags)),
  );
}

/** What the phases of `all` make. */
function titlesOfAll(families: Families): string[] {
  const phases = phasesOf(families).filter(({ isPartOfAll }) => isPartOfAll);
  return phases.map(({ title }) => title);
}

async function excavate(phases: readonly string[], flags: RunFlags): Promise<number> {
  return (await import('../commands/excavate.ts')).excavate(phases, flags);
}

function addRunOptions(command: Command): Command {
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
    .option('--force', 'make everything again, also textures that are up to date, kept or changed by hand')
    .option('--beside', BESIDE_HELP)
    .option('--prune', PRUNE_HELP)
    .option('--strict', 'stop at the first source that fails')
    .addOption(jobsOption())
    .addOption(seedOption('the random seed (default: a fresh one, which the manifest records)'))
    .option('--verbose', 'say more');
  return addOutputOptions(command);
}

function addShardOption(command: Command): Command {
  return command.addOption(
    new Option('--shard <k/n>', 'only the k-th of n shares of the sources').argParser(shard),
  );
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
