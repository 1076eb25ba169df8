import { faultSentences } from '../archive/manifest-fault.ts';
import { sourceNameOf } from '../engine/assign-paths.ts';
import { type CheckedPlan, checkHeaders } from '../engine/check-headers.ts';
import { type ReplacingFile, withEarlierFiles } from '../engine/earlier-files.ts';
import { expectedFiles } from '../engine/expected-files.ts';
import { assertNoFile } from '../engine/export-clash.ts';
import { previewRun, type RunPreview } from '../engine/preview-run.ts';
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
 * up to date is not written, and so not named. A source that cannot be read by its header is said to fail, as a run would say it.
 */
export async function dryRun(plan: Plan, terminal: Terminal, flags: RunFlags): Promise<number> {
  const preview = await previewRun(nodePlatform, plan, {
    force: flags.force ?? false,
    beside: flags.beside ?? false,
    prune: flags.prune ?? false,
  });
  const { plan: needed, failed } = await checkHeaders(nodePlatform, preview.needed);
  await assertNoFile(nodePlatform, plan.exportFolder);
  const files = withEarlierFiles(nodePlatform, expectedFiles(needed), plan.exportFolder);
  const staying = protectedAmong(needed);
  if (flags.json) {
    printJson(await previewDocument(plan, preview, failed, files, staying));
    return EXIT.done;
  }
  sayPlan(plan, preview, terminal, flags);
  for (const { source, message } of failed) terminal.error(`${source}: ${message}`);
  if (plan.tasks.length > 0) await sayFiles(files, staying, terminal);
  return EXIT.done;
}

async function previewDocument(
  plan: Plan,
  { upToDate, stale, otherEngine, faults }: RunPreview,
  failed: CheckedPlan['failed'],
  files: AsyncIterable<ReplacingFile>,
  staying: Staying,
): Promise<unknown> {
  const { exportFolder, folders, problems, copied } = plan;
  const all: unknown[] = [];
  const stays = new Map<string, WhyProtected>();
  for await (const file of files) {
    const { dependsOn, ...facts } = file;
    all.push({ ...facts, heard: dependsOn });
    for (const [path, why] of await staying(file)) stays.set(path, why);
  }
  const unread = plan.unread.map(({ source, reason }) => ({ source, ...skipDocument(reason) }));
  const found = { routes: sourceRoutes(plan).map(routeDocument), folders, problems, unread, copied };
  return {
    exportFolder,
    shard: shardDocument(plan),
    ...found,
    failed: failed.map(({ source, code, message }) => ({ source, code, message })),
    files: all,
    upToDate,
    stale,
    protected: [...stays].map(([path, why]) => ({ path, why })),
    otherEngine,
    impossible: faults,
  };
}

/** What is to be said before the files. */
function sayPlan(
  plan: Plan,
  { needed, stale, otherEngine, problem, faults }: RunPreview,
  terminal: Terminal,
  flags: RunFlags,
): void {
  for (const { source, message } of plan.problems) terminal.error(`${source}: ${message}`);
  for (const { source, reason } of plan.unread) terminal.warning(`${source}: ${unreadWords(reason)}`);
  for (const copied of plan.copied) terminal.info(copiesSentence(copied));
  if (plan.tasks.length === 0) {
    terminal.result(nothingToMine(plan));
    return;
  }
  for (const sentence of faultSentences(faults)) terminal.warning(sentence);
  if (problem) terminal.warning(problem);
  if (otherEngine) terminal.warning(otherEngineSentence(otherEngine, ENGINE_VERSION));
  if (plan.share) terminal.info(sharing(plan));
  const waiting = plan.tasks.length - needed.tasks.length;
  if (waiting > 0) terminal.info(`${waiting} of ${counted(plan.tasks.length, 'source')} up to date`);
  for (const { path, outcome } of stale) terminal.info(`${path}: ${staleWords(outcome)}`);
  if (flags.prune && needed.tasks.length > 0) {
    terminal.info('what else would be removed shows once the files below are made');
  }
}

/** The files, each as it comes: of ten thousand sounds there may be a million. */
async function sayFiles(
  files: AsyncIterable<ReplacingFile>,
  staying: Staying,
  terminal: Terminal,
): Promise<void> {
  let sure = 0;
  let open = 0;
  for await (const file of files) {
    terminal.result(printable(file.path) + remark(file, await staying(file)));
    if (file.certain) sure++;
    else open += file.most;
  }
  terminal.info(
    `${counted(sure, 'file')}${open > 0 ? `, and up to ${open} more where the analysis decides` : ''}; a source that is silent, too short or unreadable gives none (nothing was written)`,
  );
}

/** Which of the files that stand in the way of one to be made would stay, and why. */
type Staying = (file: ReplacingFile) => Promise<ReadonlyMap<string, WhyProtected>>;

function protectedAmong({ tasks, exportFolder }: Plan): Staying {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return async ({ replaces }) => {
    const stays = new Map<string, WhyProtected>();
    for (const path of replaces) {
      const standing = byName.get(sourceNameOf(path))?.earlier?.standing;
      const why = standing ? await whyProtected(nodePlatform, path, standing, exportFolder) : null;
      if (why !== null) stays.set(path, why);
    }
    return stays;
  };
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
