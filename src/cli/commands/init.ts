import { parseConfig } from '../../config/parse.ts';
import { CONFIG_FILE_NAME, createProject } from '../../engine/project.ts';
import { ConfigError } from '../../errors.ts';
import { join } from '../../paths.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { openTerminal } from '../terminal.ts';

/** `afterglow init`: a commented config.yaml and the source folders. */
export async function init(flags: { preset?: string; force?: boolean }): Promise<number> {
  const terminal = openTerminal({});
  const folder = absolute('.');
  if (!flags.force && (await nodePlatform.files.exists(join(folder, CONFIG_FILE_NAME)))) {
    throw new ConfigError(`There is a ${CONFIG_FILE_NAME} here already; --force replaces it.`);
  }
  const { settings } = parseConfig('', CONFIG_FILE_NAME, flags.preset ? { preset: flags.preset } : {});
  const created = await createProject(nodePlatform, folder, settings, flags.preset);
  terminal.done(`wrote ${created.join(', ')}`);
  terminal.info(
    'put songs in source_audio/, tonal material in pad_sources/, drums in drums/, then: afterglow all',
  );
  return EXIT.done;
}
