/** The commands about settings, sources and export folders. */
import type { Command } from 'commander';
import { addExportOptions, addJsonOption, addOutputOptions, exits } from './options.ts';

export function addPreparing(program: Command): void {
  program
    .command('init')
    .description('write a commented config.yaml and the source folders')
    .option('--preset <name>', 'with the values of a preset')
    .option('--force', 'replace a config.yaml that is there')
    .action(exits(async (flags) => (await import('../commands/init.ts')).init(flags)));

  const validate = program
    .command('validate')
    .description('check the config and say what is wrong with it, and where')
    .option('--config <file>', 'the config to check (default: config.yaml)')
    .option('--preset <name>', 'a preset under the file');
  addJsonOption(validate).action(
    exits(async (flags) => (await import('../commands/validate.ts')).validate(flags)),
  );

  const presets = program.command('presets').description('list the presets');
  addJsonOption(presets).action(
    exits(async (flags) => (await import('../commands/presets.ts')).presets(flags)),
  );

  const info = program
    .command('info')
    .argument('<file>', 'a sound file')
    .description('analyse one file: level, key, tempo, root, stable regions')
    .option('--config <file>', 'take thresholds from this config (default: config.yaml, if there)');
  addJsonOption(info).action(
    exits(async (file, flags) => (await import('../commands/info.ts')).info(file, flags)),
  );

  const merge = program
    .command('merge')
    .argument('<folders...>', 'export folders of shards; they are only read')
    .description('join the export folders of several shards into one, as if one run had made it')
    .option('--config <file>', 'the config that names the export folder (default: config.yaml)')
    .option('--into <folder>', 'where to (default: paths.export_dir)')
    .option('--force', 'replace textures there that differ');
  addOutputOptions(merge).action(
    exits(async (folders, flags) => (await import('../commands/merge.ts')).merge(folders, flags)),
  );

  const clean = program
    .command('clean')
    .description(
      'clear the cache, so that the next run makes everything, and remove what killed runs left; never textures or the manifest',
    );
  addOutputOptions(addExportOptions(clean)).action(
    exits(async (flags) => (await import('../commands/clean.ts')).clean(flags)),
  );
}
