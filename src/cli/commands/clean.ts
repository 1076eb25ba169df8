import { cleanExport } from '../../engine/clean.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal } from '../terminal.ts';

/** `afterglow clean`: forgets what was made of what, so that the next run makes everything. */
export async function clean(flags: {
  config?: string;
  export?: string;
  quiet?: boolean;
  json?: boolean;
}): Promise<number> {
  const terminal = openTerminal(flags);
  const { exportFolder } = await openExport(flags);
  const removed = await cleanExport(nodePlatform, { exportFolder, exportRoot: exportRoot(exportFolder) });
  const shown = removed.map((path) => shownPath(path, absolute('.')));
  for (const path of shown) terminal.done(`removed ${path}`);
  if (removed.length === 0) terminal.info(`nothing to remove in ${shownPath(exportFolder, absolute('.'))}`);
  if (flags.json) printJson({ exportFolder, removed });
  return EXIT.done;
}
