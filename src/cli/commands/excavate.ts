import { nearestName } from '../../config/nearest.ts';
import type { Settings } from '../../config/settings.ts';
import { withTurnedOn } from '../../config/turned-on.ts';
import { plan } from '../../engine/plan.ts';
import { openProject, type Project } from '../../engine/project.ts';
import { type RunResult, run } from '../../engine/run.ts';
import { freshSeed } from '../../engine/seed.ts';
import type { Plan } from '../../engine/task.ts';
import { ConfigError } from '../../errors.ts';
import type { PhaseId } from '../../families/family.ts';
import { phaseIds } from '../../families/lookup.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { runDocument } from '../documents.ts';
import { EXIT } from '../exit-codes.ts';
import { exportDir, exportRoot } from '../export-root.ts';
import { interruption } from '../interruption.ts';
import { printJson } from '../json.ts';
import { drawProgress } from '../progress.ts';
import type { RunFlags } from '../run-flags.ts';
import { sharing } from '../sharing.ts';
import { summary } from '../summary.ts';
import { openTerminal, type Terminal } from '../terminal.ts';

/** `afterglow all` and the phases: plans, runs (or, with --dry-run, only reports), and sums up. */
export async function excavate(words: readonly string[], flags: RunFlags): Promise<number> {
  const phases = words.map(phaseNamed);
  const terminal = openTerminal(flags);
  const project = await openProject(nodePlatform, {
    folder: absolute('.'),
    ...(flags.config === undefined ? {} : { config: flags.config }),
    ...(flags.preset === undefined ? {} : { preset: flags.preset }),
    create: !flags.dryRun,
  });
  introduce(project, terminal);

  const seed = flags.seed ?? project.settings.reproducibility.random_seed;
  if (flags.shard && seed === null) {
    throw new ConfigError(
      'Shards must share one seed, or they are not parts of one whole; give every one the same --seed, or set reproducibility.random_seed.',
    );
  }
  const settings = withFlags(project.settings, flags);
  const planned = await plan(nodePlatform, {
    projectFolder: project.folder,
    settings,
    seed: seed ?? freshSeed(),
    anySeed: seed === null,
    phases: phaseIds().filter((phase) => phases.includes(phase)),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    ...(flags.from === undefined ? {} : { from: absolute(flags.from) }),
    ...(flags.shard === undefined ? {} : { shard: flags.shard }),
  });
  return carryOut(planned, flags, terminal);
}

/** Runs a plan, or only reports it with --dry-run, and sums up. @returns the exit code */
export async function carryOut(planned: Plan, flags: RunFlags, terminal: Terminal): Promise<number> {
  if (flags.dryRun) {
    const { dryRun } = await import('../dry-run.ts');
    return dryRun(planned, terminal, flags);
  }
  const result = await runPlan(planned, flags, terminal);
  terminal.result(summary(planned, result));
  if (flags.json) printJson(runDocument(planned, result));
  return exitCode(result);
}

/** The settings with what the flags say in their place. */
function withFlags(settings: Settings, flags: RunFlags): Settings {
  const paths = { ...settings.paths, export_dir: exportDir(settings, flags) };
  return (flags.turnedOn ?? []).reduce(withTurnedOn, { ...settings, paths });
}

/** Says what reading the config gave to say. */
export function introduce(project: Project, terminal: Terminal): void {
  if (project.created.length > 0) {
    terminal.info(
      `first run: wrote ${project.created.join(', ')}; every setting is explained in config.yaml`,
    );
  }
  for (const warning of project.warnings) terminal.warning(warning);
}

/** Runs a plan with its progress drawn and Ctrl-C understood. */
export async function runPlan(planned: Plan, flags: RunFlags, terminal: Terminal): Promise<RunResult> {
  // Before anything is said: who sees the first line may interrupt at once.
  const interrupted = interruption(terminal);
  if (planned.tasks.length > 0) terminal.info(`${sharing(planned)}, seed ${planned.seed}`);
  try {
    return await run(nodePlatform, planned, {
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      strict: flags.strict ?? false,
      force: flags.force ?? false,
      beside: flags.beside ?? false,
      prune: flags.prune ?? false,
      exportRoot: exportRoot(planned.exportFolder),
      signal: interrupted.signal,
      onEvent: drawProgress(terminal, planned.tasks),
    });
  } finally {
    terminal.live('');
    interrupted.stopListening();
  }
}

/** The exit code that a run's result asks for. */
export function exitCode(result: RunResult): number {
  if (result.stoppedEarly === 'interrupted') return EXIT.interrupted;
  return result.failed.length > 0 ? EXIT.failed : EXIT.done;
}

function phaseNamed(word: string): PhaseId {
  const known = phaseIds();
  if (known.includes(word)) return word;
  const nearest = nearestName(word, known);
  const hint = nearest === null ? `The phases are ${known.join(', ')}.` : `Did you mean ${nearest}?`;
  throw new ConfigError(`There is no phase "${word}". ${hint}`);
}
