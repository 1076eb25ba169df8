import { sourceNameOf } from '../engine/assign-paths.ts';
import { type ReplacingFile, withEarlierFiles } from '../engine/earlier-files.ts';
import { expectedFiles } from '../engine/expected-files.ts';
import { previewRun } from '../engine/preview-run.ts';
import { type WhyProtected, whyProtected } from '../engine/protected-file.ts';
import { sourceRoutes } from '../engine/source-routes.ts';
import type { Plan } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { basename } from '../paths.ts';
import { nodePlatform } from '../platform/node/platform.ts';
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
 * `--dry-run`: the files that a run would write. Where the analysis decides, a line ends in what it decides:
 * whether the file is made at all, or how its name ends. A file that is there already is said to be replaced; one that is
 * up to date is not written, and so not named.
 */
export async function dryRun(plan: Plan, terminal: Terminal, flags: RunFlags): Promise<number> {
  const { needed, upToDate, stale, otherEngine, problem } = await previewRun(nodePlatform, plan, {
    force: flags.force ?? false,
    beside: flags.beside ?? false,
    prune: flags.prune ?? false,
  });
  const files = await withEarlierFiles(nodePlatform, expectedFiles(needed), plan.exportFolder);
  const standing = files.flatMap(({ replaces }) => replaces);
  const stays = await protectedAmong(standing, needed);
  if (flags.json) {
    const { exportFolder, folders, problems, copied } = plan;
    const unread = plan.unread.map(({ source, reason }) => ({ source, ...skipDocument(reason) }));
    const found = { routes: sourceRoutes(plan).map(routeDocument), folders, problems, unread, copied };
    printJson({
      exportFolder,
      shard: shardDocument(plan),
      ...found,
      files: files.map(({ dependsOn, ...file }) => ({ ...file, heard: dependsOn })),
      upToDate,
      stale,
      protected: [...stays].map(([path, why]) => ({ path, why })),
      otherEngine,
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
  for (const file of files) terminal.result(printable(file.path) + remark(file, stays));
  const sure = files.filter(({ certain }) => certain).length;
  const open = files.reduce((sum, { certain, most }) => (certain ? sum : sum + most), 0);
  terminal.info(
    `${counted(sure, 'file')}${open > 0 ? `, and up to ${open} more where the analysis decides` : ''}; a source that is silent, too short or unreadable gives none (nothing was written)`,
  );
  return EXIT.done;
}

/** Which of the files that stand in the way of what is to be made would stay, and why. */
async function protectedAmong(
  paths: readonly string[],
  { tasks, exportFolder }: Plan,
): Promise<ReadonlyMap<string, WhyProtected>> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const stays = new Map<string, WhyProtected>();
  for (const path of paths) {
    const standing = byName.get(sourceNameOf(path))?.earlier?.standing;
    const why = standing ? await whyProtected(nodePlatform, path, standing, exportFolder) : null;
    if (why !== null) stays.set(path, why);
  }
  return stays;
}

function remark(
  { certain, dependsOn, most, replaces }: ReplacingFile,
  stays: ReadonlyMap<string, WhyProtected>,
): string {
  const left = replaces.filter((path) => stays.has(path));
  const replaced = replaces.length - left.length;
  const parts = [
    certain ? '' : most > 1 ? `up to ${most}` : 'perhaps',
    replaced === 0 ? '' : dependsOn.length === 0 ? 'replaces' : 'may replace',
    ...left.map((path) => `${basename(path)} stays, ${WHY_PROTECTED[stays.get(path)!]}`),
    dependsOn.length > 0 ? `* depends on the analysis (${dependsOn.join(', ')})` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}
