import { statSync } from 'node:fs';
import { safeName } from '../../config/safe-name.ts';
import { CONFIG_FILE_NAME, openProject } from '../../engine/project.ts';
import { freshSeed } from '../../engine/seed.ts';
import { ConfigError } from '../../errors.ts';
import { type BatchResult, batch as runBatch } from '../../palette/batch.ts';
import { previewBatch } from '../../palette/batch-plan.ts';
import type { BatchListener, BatchRequest } from '../../palette/batch-request.ts';
import type { BatchStep } from '../../palette/step-outcome.ts';
import { basename, join } from '../../paths.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { counted } from '../../wording/counted.ts';
import { stepWords } from '../../wording/steps.ts';
import { absolute } from '../absolute.ts';
import { batchExpectation, batchSummary, failedSteps, tooLittleRoom } from '../batch-summary.ts';
import { batchDocument } from '../documents.ts';
import { EXIT, FAILED_STEP } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { interruption } from '../interruption.ts';
import { printJson } from '../json.ts';
import { drawProgress } from '../progress.ts';
import { routing } from '../routing.ts';
import { sharing } from '../sharing.ts';
import { nothingToMine } from '../summary.ts';
import { openTerminal, type Terminal } from '../terminal.ts';

export interface BatchFlags {
  readonly input: string;
  readonly project?: string;
  readonly kit?: readonly string[];
  readonly rate?: number;
  readonly export?: string;
  readonly config?: string;
  readonly preset?: string;
  readonly jobs?: number;
  readonly seed?: number;
  readonly strict?: boolean;
  readonly force?: boolean;
  readonly beside?: boolean;
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const DOING: Record<BatchStep, string> = {
  excavate: 'excavating',
  dust: 'laying dust',
  curate: 'choosing the best and most varied',
  kit: 'making the kit',
  instruments: 'writing instruments',
  report: 'making the report',
};

/** `afterglow batch`: archive to kit, instruments and report in one command. */
export async function batch(flags: BatchFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const input = absolute(flags.input);
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const what = found ? `“${flags.input}” is a file` : `There is no folder “${flags.input}”`;
    throw new ConfigError(`${what}; --input names the folder of an archive.`);
  }
  const project = projectName(flags.project, input);
  const config =
    flags.config ??
    ((await nodePlatform.files.exists(join(input, CONFIG_FILE_NAME))) ? join(input, CONFIG_FILE_NAME) : null);
  const { settings, warnings } = await openProject(nodePlatform, {
    folder: absolute('.'),
    ...(config === null ? {} : { config: absolute(config) }),
    ...(flags.preset === undefined ? {} : { preset: flags.preset }),
    create: false,
  });
  for (const warning of warnings) terminal.warning(warning);
  const exportFolder = absolute(flags.export ?? join('export', project));
  const seed = flags.seed ?? settings.reproducibility.random_seed;
  const interrupted = interruption(terminal);
  const request: BatchRequest = {
    exportFolder,
    exportRoot: exportRoot(exportFolder),
    input,
    project,
    settings,
    profiles: flags.kit ?? [],
    instrumentRate: flags.rate,
    seed: seed ?? freshSeed(),
    anySeed: seed === null,
    run: {
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      strict: flags.strict ?? false,
      beside: flags.beside ?? false,
      prune: flags.prune ?? false,
      signal: interrupted.signal,
    },
    force: flags.force ?? false,
  };
  try {
    if (flags.dryRun) return await showPreview(request, terminal, flags);
    const result = await runBatch(nodePlatform, request, listener(terminal, exportFolder, flags.kit ?? []));
    terminal.live('');
    terminal.result(`\n${batchSummary(result)}`);
    for (const warning of result.warnings) terminal.warning(warning);
    for (const { step, what, reason } of failedSteps(result)) {
      terminal.error(`${step} (${what}): ${reason && stepWords(reason)}`);
    }
    if (flags.json) printJson(batchDocument(result));
    return exitCode(result);
  } finally {
    terminal.live('');
    interrupted.stopListening();
  }
}

/** Of what nothing is left to name folders by, somebody wants to hear. @throws ConfigError */
function projectName(wanted: string | undefined, input: string): string {
  const name = safeName(wanted ?? basename(input), 60, 'project');
  if (wanted === undefined || (/[\p{L}\p{N}]/u.test(wanted) && !/[/\\]/.test(wanted))) return name;
  throw new ConfigError(
    `--project is "${wanted}", and it names a folder in export; give it letters or digits, and no slash (--export says where).`,
  );
}

/** `--dry-run`: what the sounds are taken for, and the textures that would be written; nothing is. */
async function showPreview(request: BatchRequest, terminal: Terminal, flags: BatchFlags): Promise<number> {
  const planned = await previewBatch(
    nodePlatform,
    request,
    routing(terminal, (line) => terminal.result(line)),
  );
  if (request.run.signal?.aborted) return EXIT.interrupted;
  const { dryRun } = await import('../dry-run.ts');
  const { json = false, force = false, beside = false, prune = false } = flags;
  return dryRun(planned, terminal, { json, force, beside, prune });
}

function listener(terminal: Terminal, exportFolder: string, kits: readonly string[]): BatchListener {
  let doing = '';
  return {
    expects(expected) {
      if (expected.mostBytes === 0) return;
      terminal.info(batchExpectation(expected, exportFolder, kits));
      const warning = tooLittleRoom(expected);
      if (warning) terminal.warning(warning);
    },
    planned(step, plan) {
      if (step === 'dust') terminal.info(`dust under the pads of ${counted(plan.tasks.length, 'source')}`);
      else if (plan.tasks.length === 0) {
        for (const line of nothingToMine(plan).split('\n')) terminal.warning(line);
      } else terminal.info(`${sharing(plan)}, seed ${plan.seed}`);
      return drawProgress(terminal, plan.tasks);
    },
    stepStarted(step, what) {
      doing = `${DOING[step]} (${what})`;
      terminal.live(`[*] ${doing}`);
    },
    progress(done, all) {
      terminal.live(`[*] ${doing}: ${done} of ${all}`);
    },
    ...routing(terminal, (line) => terminal.debug(line), ' (batch --dry-run says why)'),
    stepEnded({ step, what, outcome, reason, seconds }) {
      terminal.live('');
      const why = reason && stepWords(reason);
      if (outcome === 'up-to-date') terminal.done(`${step}: ${what} is up to date`);
      else if (outcome === 'failed') terminal.error(`${step}: ${why}`);
      else if (outcome === 'kept') terminal.warning(why!);
      else if (step !== 'excavate' && step !== 'dust')
        terminal.done(`${step}: ${what} (${seconds.toFixed(1)} s)`);
    },
  };
}

/** The first step that failed decides; nothing failed where something was only kept. */
function exitCode({ steps, isInterrupted }: BatchResult): number {
  if (isInterrupted) return EXIT.interrupted;
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  return failed ? FAILED_STEP[failed.step] : EXIT.done;
}
