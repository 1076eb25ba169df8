import { assertNoFile, exportClashes } from '../../engine/export-clash.ts';
import { openProject } from '../../engine/project.ts';
import { ConfigError } from '../../errors.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { errorDocument, reportFailure, warningsOf } from '../failure.ts';
import { printJson } from '../json.ts';
import { openTerminal } from '../terminal.ts';

/** `afterglow validate`: every problem and warning of the config, with its place. */
export async function validate(flags: { config?: string; preset?: string; json?: boolean }): Promise<number> {
  const terminal = openTerminal({ json: flags.json });
  const file = flags.config ?? 'config.yaml';
  try {
    const project = await openProject(nodePlatform, {
      folder: absolute('.'),
      ...flags,
      config: file,
      create: false,
    });
    await assertNoFile(nodePlatform, absolute(project.settings.paths.export_dir, project.folder));
    const warnings = [...project.warnings, ...exportClashes(project.settings.paths, project.folder)];
    for (const warning of warnings) terminal.warning(warning);
    terminal.result(`${file} is valid.`);
    if (flags.json) printJson({ file, valid: true, problems: [], warnings });
    return EXIT.done;
  } catch (error) {
    if (!flags.json || !(error instanceof ConfigError)) throw error;
    const problems = error.message.split('\n');
    printJson({ file, valid: false, problems, warnings: warningsOf(error), ...errorDocument(error) });
    return reportFailure(error, {});
  }
}
