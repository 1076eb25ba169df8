/** What a batch says at its start and at its end. */
import { existsSync } from 'node:fs';
import type { Expectation } from '../engine/expectation.ts';
import type { RunResult } from '../engine/run.ts';
import type { BatchResult } from '../palette/batch.ts';
import type { BatchStep, StepOutcome } from '../palette/step-outcome.ts';
import { basename, join } from '../paths.ts';
import { counted } from '../wording/counted.ts';
import {
  closing,
  copied,
  failures,
  here,
  inPlace,
  madeTable,
  notMade,
  protectedPlaces,
  remarks,
  skipped,
  stale,
} from './summary.ts';

/** What it may take, where that goes, and what follows. */
export function batchExpectation(
  { sources, mostBytes, freeBytes, seconds }: Expectation,
  exportFolder: string,
  kits: readonly string[],
): string {
  const steps = ['dust', 'curate', ...kits.map((kit) => `kit ${kit}`), 'instruments', 'report'].join(', ');
  const where = here(exportFolder);
  if (sources === 0) return `textures in ${where} are up to date; then ${steps}`;
  const free = freeBytes === null ? '' : ` of ${size(freeBytes)} free`;
  return `textures into ${where}: at most ${size(mostBytes)}${free}, in ${timeRange(seconds)}; then ${steps}`;
}

/** What to do where the disk may be too small; null where it is not. */
export function tooLittleRoom({ mostBytes, freeBytes }: Expectation): string | null {
  if (freeBytes === null || mostBytes <= freeBytes) return null;
  return `the disk may be too small: ${size(mostBytes)} may be made, and ${size(freeBytes)} are free; make room, or choose another folder with --export`;
}

/** Everything that was made, with its times and its place on the disk, and what to do next. */
export function batchSummary(result: BatchResult): string {
  const textures = together(result.run, result.dust);
  const parts = [
    textures === null ? '' : madeTable(textures),
    textures === null ? '' : notMade(textures),
    textures === null ? '' : skipped(textures),
    textures === null ? '' : copied(textures),
    textures === null ? '' : remarks(textures),
    textures === null ? '' : protectedPlaces(textures),
    textures === null ? '' : stale(textures),
    result.isInterrupted && !hasMade(result) ? '' : rows(result, textures),
    result.isInterrupted ? '' : next(result),
    textures === null ? '' : unreadable(textures),
    stopped(result),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What failed; where that is all there is to say, it stands just above, and is not said again. */
function unreadable(textures: RunResult): string {
  const { failed, skipped, upToDate } = textures;
  const isAll = textures.textures.length + skipped.length + upToDate.length === 0;
  if (!isAll || failed.length === 0) return failures(textures);
  return `${counted(failed.length, 'file')} held nothing to use; why is said of each above.`;
}

/** Why it ended before its end; '' where it did not. */
function stopped(result: BatchResult): string {
  const early = [result.run, result.dust].find((each) => (each?.stoppedEarly ?? null) !== null);
  if (early) return closing(result.plan, early);
  if (!result.isInterrupted) return '';
  return hasMade(result)
    ? 'Interrupted; what was made is kept, and the same command goes on from here.'
    : 'Interrupted, and nothing was made.';
}

function hasMade({ run, dust, curated, kits, instruments, report }: BatchResult): boolean {
  const textures = (run?.textures.length ?? 0) + (dust?.textures.length ?? 0);
  return textures + kits.length > 0 || curated !== null || instruments !== null || report !== null;
}

/** The steps that failed, which are to be said last. */
export function failedSteps({ steps }: BatchResult): readonly StepOutcome[] {
  return steps.filter(({ outcome }) => outcome === 'failed');
}

/** What mining and dust came to as one. */
function together(run: RunResult | null, dust: RunResult | null): RunResult | null {
  if (run === null || dust === null) return run ?? dust;
  return {
    ...run,
    textures: [...run.textures, ...dust.textures],
    upToDate: [...run.upToDate, ...dust.upToDate],
    dropped: [...run.dropped, ...dust.dropped],
    protected: [...run.protected, ...dust.protected],
    skipped: [...run.skipped, ...dust.skipped],
    copied: run.copied,
    warnings: [...run.warnings, ...dust.warnings],
    failed: [...run.failed, ...dust.failed],
    stale: [...run.stale, ...dust.stale],
    replaced: run.replaced + dust.replaced,
    sourcesUpToDate: run.sourcesUpToDate,
    manifestRows: dust.manifestRows,
  };
}

const STEP_WORDS: Readonly<Record<BatchStep, string>> = {
  excavate: 'textures',
  dust: 'dust',
  curate: 'curate',
  kit: 'kit',
  instruments: 'instruments',
  report: 'report',
};

/** Of several kits, which. */
function stepName({ step, what }: StepOutcome): string {
  return step === 'kit' ? `kit ${basename(what)}` : STEP_WORDS[step];
}

function rows(result: BatchResult, textures: RunResult | null): string {
  const { plan, curated, kits, instruments, report, steps, seconds, diskBytes } = result;
  const table: [string, string][] = [];
  if (textures !== null) {
    const { textures: made, upToDate, replaced, manifestRows } = textures;
    const kept = upToDate.length === 0 ? '' : `, ${upToDate.length} up to date`;
    table.push([
      'textures',
      `${made.length} made${inPlace(replaced)}${kept}; manifest.csv lists ${manifestRows}`,
    ]);
  }
  if (curated) {
    table.push([
      'curated',
      `${counted(curated.selection.textures.length, 'texture')} in ${here(curated.outFolder)}`,
    ]);
  }
  for (const kit of kits)
    table.push(['kit', `${counted(kit.files.length, 'sample')} in ${here(kit.folder)}`]);
  if (instruments) {
    const files = instruments.instruments.flatMap((instrument) => instrument.files);
    table.push(['instruments', `${counted(files.length, 'file')} in ${here(instruments.folder)}`]);
  }
  for (const { step, what, outcome } of steps) {
    if (outcome === 'kept')
      table.push([STEP_WORDS[step], `${here(join(plan.exportFolder, what))} left as somebody changed it`]);
  }
  if (report) table.push(['report', `${here(report.path)} (${size(report.bytes)})`]);
  const log = join(plan.exportFolder, 'run.jsonl');
  if (existsSync(log)) table.push(['log', here(log)]);
  table.push(['disk', `${size(diskBytes)} in ${here(plan.exportFolder)}`]);
  const each = steps.map((one) => `${stepName(one)} ${duration(one.seconds)}`).join(', ');
  table.push(['time', `${duration(seconds)} (${each}); seed ${plan.seed}`]);
  const width = Math.max(...table.map(([name]) => name.length)) + 2;
  return table.map(([name, text]) => name.padEnd(width) + text).join('\n');
}

/** What somebody would do with it now. */
function next({ plan, kits, dust, run, curated, report }: BatchResult): string {
  const made = dust ?? run;
  // Where neither could be, there may be nothing.
  if (made === null ? curated === null && report === null : made.manifestRows === 0) return '';
  const studio = `afterglow studio ${quoted(here(plan.exportFolder))}`;
  const lines = [
    ...kits.map(
      ({ folder, profile }) =>
        `  ${profile.device}: ${profile.loading ?? 'copy the folder to it'} (${here(folder)})`,
    ),
    `  ${studio}: listen, keep, reject; the next batch follows it`,
  ];
  return ['next', ...lines].join('\n');
}

function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Bytes as people count them: `540 MB`. */
function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let figure = bytes;
  let unit = 0;
  while (figure >= 999.5 && unit < units.length - 1) {
    figure /= 1000;
    unit++;
  }
  return `${unit === 0 ? figure : Number(figure.toPrecision(figure < 10 ? 2 : 3))} ${units[unit]}`;
}

/** Seconds as people say them: `8.4 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
  const left = Math.round((whole % 3600) / 60);
  if (left === 60) return `${Math.floor(minutes / 60) + 1} h`;
  return `${Math.floor(minutes / 60)} h${left === 0 ? '' : ` ${left} min`}`;
}

/** A guess as people make it: `less than a minute`, `up to 3 minutes`, `5 to 20 minutes`, `1.5 to 6 hours`. */
function timeRange([least, most]: Expectation['seconds']): string {
  if (most <= 60) return 'less than a minute';
  const minutes = Math.ceil(most / 60);
  if (least < 60) return `up to ${minutes} minutes`;
  if (minutes < 120) return `${Math.floor(least / 60)} to ${minutes} minutes`;
  const hours = (seconds: number) => {
    const exact = seconds / 3600;
    return exact < 10 ? Number(exact.toFixed(1)) : Math.round(exact);
  };
  return `${hours(least)} to ${hours(most)} hours`;
}
