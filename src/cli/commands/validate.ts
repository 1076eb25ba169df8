import { resolve } from 'node:path';
import { openProject } from '../../engine/project.ts';
import { ConfigError } from '../../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { warningsOf } from '../failure.ts';
import { printJson } from '../json.ts';
import { openTerminal } from '../terminal.ts';

/** `afterglow validate`: every problem and warning of the config, with its place. */
export async function validate(flags: { config?: string; preset?: string; json?: boolean }): Promise<number> {
  const terminal = openTerminal({ json: flags.json });
  const file = flags.config ?? 'config.yaml';
  try {
    const project = await openProject({ folder: resolve('.'), ...flags, config: file, create: false });
    for (const warning of project.warnings) terminal.warning(warning);
    terminal.result(`${file} is valid.`);
    if (flags.json) printJson({ file, valid: true, problems: [], warnings: project.warnings });
    return EXIT.done;
  } catch (error) {
    if (!flags.json || !(error instanceof ConfigError)) throw error;
    printJson({ file, valid: false, problems: error.message.split('\n'), warnings: warningsOf(error) });
    return EXIT.usage;
  }
}
