import { posix } from 'node:path';
import { type ReplacingFile, withEarlierFiles } from '../engine/earlier-files.ts';
import { forecast } from '../engine/forecast.ts';
import { foresee } from '../engine/foresee.ts';
import { sourceNameOf } from '../engine/places.ts';
import { type WhyProtected, whyProtected } from '../engine/protected-file.ts';
import { sourceRoutes } from '../engine/source-routes.ts';
import type { Plan } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { counted } from '../wording/counted.ts';
import { otherEngineSentence, staleWords, WHY_PROTECTED } from '../wording/protected.ts';
import { routeDocument } from '../wording/routes.ts';
import { skipDocument } from '../wording/skips.ts';
import { unreadWords } from '../wording/unread.ts';
import { copiesSentence } from './copies-sentence.ts';
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
  const { needed, upToDate, stale, otherEngine, problem } = await foresee(plan, {
    force: flags.force ?? false,
    beside: flags.beside ?? false,
    prune: flags.prune ?? false,
  });
  const files = await withEarlierFiles(forecast(needed), plan.exportFolder);
  const isProtected = protectedIn(needed);
  if (flags.json) {
    const { exportFolder, folders, problems, copied } = plan;
    const unread = plan.unread.map(({ source, reason }) => ({ source, ...skipDocument(reason) }));
    const found = { routes: sourceRoutes(plan).map(routeDocument), folders, problems, unread, copied };
    const kept = files.flatMap(({ replaces }) => replaces.flatMap((path) => isProtected(path) ?? []));
    printJson({
      ...{ exportFolder, shard: shardDocument(plan), ...found, files, upToDate, stale },
      ...{ protected: kept, otherEngine },
    });
    return EXIT.done;
  }
  for (const { source, message } of plan.problems) terminal.error(`${source}: ${message}`);
  for (const { source, reason } of plan.unread) terminal.warning(`${source}: ${unreadWords(reason)}`);
  for (const copied of plan.copied) terminal.info(copiesSentence(copied));
  if (plan.tasks.length === 0) {
    terminal.result(nothingToMine(plan));
    return EXIT.done;
  }
  if (problem) terminal.warning(problem);
  if (otherEngine) terminal.warning(otherEngineSentence(otherEngine, ENGINE_VERSION));
  if (plan.share) terminal.info(sharing(plan));
  const waiting = plan.tasks.length - needed.tasks.length;
  if (waiting > 0) terminal.info(`${waiting} of ${counted(plan.tasks.length, 'source')} up to date`);
  for (const { path, outcome } of stale) terminal.info(`${path}: ${staleWords(outcome)}`);
  if (flags.prune && needed.tasks.length > 0) {
    terminal.info('what else would be removed shows once the files below are made');
  }
  for (const file of files) terminal.result(printable(file.path) + remark(file, isProtected));
  const sure = files.filter(({ certain }) => certain).length;
  const open = files.reduce((sum, { certain, most }) => (certain ? sum : sum + most), 0);
  terminal.info(
    `${counted(sure, 'file')}${open > 0 ? `, and up to ${open} more where listening decides` : ''}; a source that is silent, too short or unreadable gives none (nothing was written)`,
  );
  return EXIT.done;
}

interface ProtectedFile {
  readonly path: string;
  readonly why: WhyProtected;
}

/** Which of the files that stand in the way of what is to be made would stay. */
function protectedIn({ tasks, exportFolder }: Plan): (path: string) => ProtectedFile | null {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return (path) => {
    const standing = byName.get(sourceNameOf(path))?.earlier?.standing;
    const why = standing ? whyProtected(path, standing, exportFolder) : null;
    return why === null ? null : { path, why };
  };
}

function remark(
  { certain, heard, most, replaces }: ReplacingFile,
  isProtected: ReturnType<typeof protectedIn>,
): string {
  const left = replaces.flatMap((path) => isProtected(path) ?? []);
  const replaced = replaces.length - left.length;
  const parts = [
    certain ? '' : most > 1 ? `up to ${most}` : 'perhaps',
    replaced === 0 ? '' : heard.length === 0 ? 'replaces' : 'may replace',
    ...left.map(({ path, why }) => `${posix.basename(path)} stays, ${WHY_PROTECTED[why]}`),
    heard.length > 0 ? `* is the ${heard.join(', ')} heard` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}
