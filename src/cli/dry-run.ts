import { type ReplacingFile, withEarlierFiles } from '../engine/earlier-files.ts';
import { forecast } from '../engine/forecast.ts';
import { foresee } from '../engine/foresee.ts';
import { sourceRoutes } from '../engine/source-routes.ts';
import type { StaleOutcome } from '../engine/stale.ts';
import type { Plan } from '../engine/task.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import type { RunFlags } from './run-flags.ts';
import { shardDocument, sharing } from './sharing.ts';
import { nothingToMine } from './summary.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * `--dry-run`: the files that a run would write. Where listening decides, a line ends in what it decides:
 * whether the file is made at all, or how its name ends. A file that is there already is said to be replaced; one that is
 * up to date is not written, and so not named.
 */
export async function dryRun(plan: Plan, terminal: Terminal, flags: RunFlags): Promise<number> {
  const { needed, upToDate, stale } = await foresee(plan, {
    force: flags.force ?? false,
    prune: flags.prune ?? false,
  });
  const files = await withEarlierFiles(forecast(needed), plan.exportFolder);
  if (flags.json) {
    const { exportFolder, folders, problems } = plan;
    printJson({
      exportFolder,
      shard: shardDocument(plan),
      routes: sourceRoutes(plan),
      folders,
      problems,
      files,
      upToDate,
      stale,
    });
    return EXIT.done;
  }
  for (const { source, message } of plan.problems) terminal.error(`${source}: ${message}`);
  if (plan.tasks.length === 0) {
    terminal.result(nothingToMine(plan));
    return EXIT.done;
  }
  if (plan.share) terminal.info(sharing(plan));
  const waiting = plan.tasks.length - needed.tasks.length;
  if (waiting > 0) terminal.info(`${waiting} of ${counted(plan.tasks.length, 'source')} up to date`);
  for (const { path, outcome } of stale) terminal.info(`${path}: ${STALE[outcome]}`);
  if (flags.prune && needed.tasks.length > 0) {
    terminal.info('what else would be removed shows once the files below are made');
  }
  for (const file of files) terminal.result(printable(file.path) + remark(file));
  const sure = files.filter(({ certain }) => certain).length;
  const open = files.reduce((sum, { certain, most }) => (certain ? sum : sum + most), 0);
  terminal.info(
    `${counted(sure, 'file')}${open > 0 ? `, and up to ${open} more where listening decides` : ''}; a source that is silent, too short or unreadable gives none (nothing was written)`,
  );
  return EXIT.done;
}

const STALE: Record<StaleOutcome['outcome'], string> = {
  left: 'no longer asked for; --prune removes it',
  removed: 'would be removed',
  changed: 'no longer asked for, but changed by somebody, and so would be left',
};

function remark({ certain, heard, most, replaces }: ReplacingFile): string {
  const parts = [
    certain ? '' : most > 1 ? `up to ${most}` : 'perhaps',
    replaces.length === 0 ? '' : heard.length === 0 ? 'replaces' : 'may replace',
    heard.length > 0 ? `* is the ${heard.join(', ')} heard` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}
