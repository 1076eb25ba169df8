/** Draws a run's events: one live line on a terminal, one plain line a source in a pipe. */

import type { Emit, MadeTexture, RunEvent } from '../engine/events.ts';
import type { SkipReason } from '../engine/skip-reason.ts';
import type { Task } from '../engine/task.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { workMeter } from '../engine/work.ts';
import { FAMILIES } from '../families/index.ts';
import { pluralOf } from '../families/lookup.ts';
import { counted } from '../wording/counted.ts';
import { gradeWords } from '../wording/grades.ts';
import { noticeWords } from '../wording/notices.ts';
import { otherEngineSentence, WHY_PROTECTED } from '../wording/protected.ts';
import { skipWords } from '../wording/skips.ts';
import { copiesSentence } from './copies-sentence.ts';
import type { Terminal } from './terminal.ts';

/** What is known of a source under way. */
interface Underway {
  /** Its share of the run's work, in the unit of `workMeter`. */
  readonly work: number;
  readonly steps: number;
  /** Steps done; the analysis is the first, and counts in parts. */
  stepsDone: number;
  made: number;
  /** Textures that were there already. */
  kept: number;
  unitsLeft: number;
  failed: boolean;
  skipped: SkipReason | null;
}

/** Between two drawings of the live line, so that drawing costs nothing. */
const REDRAW_MS = 100;

/** The caller takes the live line away when the run is over. */
export function drawProgress(terminal: Terminal, tasks: readonly Task[]): Emit {
  const started = performance.now();
  const workOf = tasks.length === 0 ? () => 0 : workMeter(tasks[0].settings, FAMILIES);
  const works = new Map(tasks.map((task) => [task.source, workOf(task)]));
  let totalWork = tasks.reduce((sum, task) => sum + workOf(task), 0);
  const underway = new Map<string, Underway>();
  /** Of what is not up to date. */
  let sources = tasks.length;
  let finished = 0;
  let finishedWork = 0;
  let made = 0;
  let drawn = 0;

  const redraw = () => {
    if (!terminal.isLive) return;
    const now = performance.now();
    if (now - drawn < REDRAW_MS) return;
    drawn = now;
    let workDone = finishedWork;
    for (const source of underway.values()) workDone += (source.work * source.stepsDone) / source.steps;
    const left = timeLeft((now - started) / 1000, workDone / totalWork);
    const names = [...underway.keys()].join(', ');
    terminal.live(`[*] ${finished} of ${sources} sources · ${made} made · ${left} · ${names}`);
  };

  return (event) => {
    const source = event.source === null ? undefined : underway.get(event.source);
    switch (event.kind) {
      case 'source-started':
        underway.set(event.source, {
          work: works.get(event.source) ?? 0,
          steps: event.makings.length + 1,
          stepsDone: 0,
          made: 0,
          kept: 0,
          unitsLeft: event.makings.length,
          failed: false,
          skipped: null,
        });
        break;
      case 'up-to-date':
        if (source) {
          keep(source, event.makings.length, event.textures.length);
        } else {
          totalWork -= works.get(event.source) ?? 0;
          works.delete(event.source);
        }
        break;
      case 'looked':
        sources = event.sources - event.upToDate;
        if (event.upToDate > 0)
          terminal.info(`${event.upToDate} of ${counted(event.sources, 'source')} up to date`);
        if (event.otherEngine) terminal.warning(otherEngineSentence(event.otherEngine, ENGINE_VERSION));
        break;
      case 'source-done':
        underway.delete(event.source);
        finished++;
        finishedWork += source?.work ?? 0;
        if (source) sayDone(terminal, event.source, source, finished, sources);
        break;
      default:
        if (source) note(source, event);
        if (event.kind === 'texture-made') made++;
        say(terminal, event, source !== undefined);
    }
    redraw();
  };
}

function keep(source: Underway, units: number, textures: number): void {
  source.stepsDone += units;
  source.unitsLeft -= units;
  source.kept += textures;
}

/** Keeps what an event says about its source. */
function note(source: Underway, event: RunEvent): void {
  switch (event.kind) {
    case 'analysing':
      source.stepsDone = event.share;
      break;
    case 'making-done':
      source.stepsDone++;
      source.unitsLeft--;
      break;
    case 'texture-made':
      source.made++;
      break;
    case 'source-failed':
    case 'export-failed':
      source.failed = true;
      break;
    case 'passed-over':
      if (event.family === null) source.skipped = event.reason;
      break;
  }
}

/** @param isBegun whether work on the event's source has begun: what is skipped before has no line of its own */
function say(terminal: Terminal, event: RunEvent, isBegun: boolean): void {
  switch (event.kind) {
    case 'admitted':
      terminal.debug(
        `${counted(event.jobs, 'source')} at once: ${counted(event.cores, 'core')}, ${megabytes(event.freeBytes)} free, of which at most ${megabytes(event.neededBytes)} are needed`,
      );
      break;
    case 'analysed':
      terminal.debug(`${event.source}: analysed ${event.durationSec.toFixed(1)} s`);
      break;
    case 'texture-made':
      terminal.debug(
        `${event.texture.path}: grade ${event.texture.grade}${because(event.texture.gradeReasons)}`,
      );
      break;
    case 'texture-dropped':
      terminal.debug(
        `${event.texture.path}: not kept, grade ${event.texture.grade}${because(event.texture.gradeReasons)}`,
      );
      break;
    case 'texture-protected':
      terminal.debug(`${event.path}: ${WHY_PROTECTED[event.why]}, so it stays`);
      break;
    case 'passed-over': {
      const { source, family, variant, reason } = event;
      const parts = [source, family && pluralOf(family), variant, skipWords(reason)];
      const line = parts.filter((part) => part !== null).join(': ');
      if (isBegun || event.earlier) terminal.debug(line);
      else terminal.warning(line);
      break;
    }
    case 'copied':
      terminal.debug(copiesSentence(event));
      break;
    case 'warning':
      if (event.earlier) terminal.debug(`${event.source}: ${noticeWords(event.notice)}`);
      else terminal.warning((event.source === null ? '' : `${event.source}: `) + noticeWords(event.notice));
      break;
    case 'source-failed':
      terminal.error(`${event.source}: ${event.message}`);
      for (const line of event.stack?.split('\n') ?? []) terminal.debug(line);
      break;
    case 'export-failed':
      terminal.error(`${event.source}: ${event.message}`);
      break;
  }
}

function sayDone(terminal: Terminal, name: string, source: Underway, place: number, total: number): void {
  if (source.failed) return;
  const line = `(${place}/${total}) ${name}: `;
  if (source.skipped) terminal.warning(`${line}${skipWords(source.skipped)}`);
  else if (source.made === 0 && source.unitsLeft > 0) terminal.info(`${line}not reached`);
  else if (source.made === 0 && source.kept === 0) terminal.warning(`${line}nothing made`);
  else terminal.done(`${line}${source.made} made${source.kept > 0 ? `, ${source.kept} up to date` : ''}`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function because(reasons: MadeTexture['gradeReasons']): string {
  return reasons.length === 0 ? '' : ` (${gradeWords(reasons)})`;
}

/** @param share of the work that is done, 0 to 1 */
export function timeLeft(elapsedSec: number, share: number): string {
  // The first seconds say too little.
  if (elapsedSec < 2 || share < 0.02) return 'time left unknown';
  const seconds = Math.round((elapsedSec * (1 - share)) / share);
  if (seconds < 90) return `about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${(minutes / 60).toFixed(1)} h left`;
}
