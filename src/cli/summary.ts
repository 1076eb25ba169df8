/** The closing words of a run: what was made, what was not and why, what failed and what to do. */
import type { Families } from '../config/settings.ts';
import type { RunResult } from '../engine/run.ts';
import { shownPath } from '../engine/shown-path.ts';
import type { FolderReport, Plan } from '../engine/task.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { pluralOf } from '../families/lookup.ts';
import { shapeOf } from '../reasons/span.ts';
import { counted } from '../wording/counted.ts';
import { noticeWords } from '../wording/notices.ts';
import { WHY_PROTECTED } from '../wording/protected.ts';
import { sharedSkipWords } from '../wording/skips.ts';
import { absolute } from './absolute.ts';
import { copiesSentence } from './copies-sentence.ts';
import { printable } from './terminal.ts';

const GRADES = ['A', 'B', 'F'] as const;
/** Reasons and failures beyond this many are counted, not listed. */
const LISTED = 12;
/** Beside one reason. */
const SOURCES_LISTED = 3;
const VARIANTS_LISTED = 6;

export function summary(plan: Plan, result: RunResult): string {
  const parts = [
    plan.tasks.length === 0 ? nothingToMine(plan) : madeTable(result, plan.request.families),
    notMade(result, plan.request.families),
    skipped(result, plan.request.families),
    copied(result),
    remarks(result),
    failures(result),
    protectedPlaces(result),
    stale(result),
    closing(plan, result),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** How many textures were made, by family and grade. */
export function madeTable(
  { textures, dropped, upToDate, sourcesUpToDate, stoppedEarly }: RunResult,
  all: Families = FAMILIES,
): string {
  // Of a run that stopped early the closing words say that, and what was up to date tells nothing of the rest.
  if (textures.length === 0 && stoppedEarly !== null) return '';
  if (textures.length === 0 && upToDate.length === 0) return 'Nothing was made.';
  if (textures.length === 0) {
    const what = `${counted(upToDate.length, 'texture')} of ${counted(sourcesUpToDate, 'source')}`;
    return `Nothing to make: ${what} are up to date (--force makes them again).`;
  }
  const families = all.filter(({ id }) => textures.some((texture) => texture.family === id));
  const row = (name: string, cells: readonly (string | number)[]) =>
    name.padEnd(10) + cells.map((cell) => String(cell).padStart(6)).join('');
  const counts = (family: FamilyId | null) => {
    const mine = textures.filter((texture) => family === null || texture.family === family);
    return [...GRADES.map((grade) => mine.filter((texture) => texture.grade === grade).length), mine.length];
  };
  const lines = [
    row('made', [...GRADES, 'all']),
    ...families.map(({ id, plural }) => row(plural, counts(id))),
  ];
  if (families.length > 1) lines.push(row('together', counts(null)));
  const harmonic = textures.filter(({ part }) => part === 'harmonic').length;
  if (harmonic > 0) lines.push(`${harmonic} of the harmonic part of a song, without its drums`);
  if (dropped.length > 0) lines.push(`${dropped.length} of grade F not kept (curation.auto_delete_grade_f)`);
  return lines.join('\n');
}

type Skipped = RunResult['skipped'][number];

/** What was asked of sources and could not be made. */
export function notMade({ skipped }: RunResult, all: Families = FAMILIES): string {
  const groups = groupsOf(skipped.filter(({ family }) => family !== null));
  return groups.length === 0
    ? ''
    : listed(
        'not made',
        groups.map((group) => groupLine(group, all)),
      );
}

/** Sources of which nothing at all can be made. */
export function skipped({ skipped }: RunResult, all: Families = FAMILIES): string {
  const groups = groupsOf(skipped.filter(({ family }) => family === null));
  const lines = groups.map((group) => {
    const names = named(
      group.map(({ source }) => source),
      LISTED,
    );
    return `  ${names}: ${reasonOf(group, all)}`;
  });
  return lines.length === 0 ? '' : listed('skipped', lines);
}

/** By family and reason, the largest group first. Reasons that differ in their figures alone are one. */
function groupsOf(skipped: readonly Skipped[]): Skipped[][] {
  const groups = new Map<string, Skipped[]>();
  for (const one of skipped) {
    const key = `${one.family} ${shapeOf(one.reason)}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function reasonOf(group: readonly Skipped[], all: Families): string {
  return sharedSkipWords(
    group.map(({ reason }) => reason),
    all,
  );
}

function groupLine(group: readonly Skipped[], all: Families): string {
  const [{ family }] = group;
  const variants = group.flatMap(({ variant }) => variant ?? []);
  const what = [
    pluralOf(family!, all),
    variants.length > 0 ? ` ${named(variants, VARIANTS_LISTED)}` : '',
  ].join('');
  return `  ${times(group.length)}${what}: ${reasonOf(group, all)} (${named(
    group.map(({ source }) => source),
    SOURCES_LISTED,
  )})`;
}

function times(count: number): string {
  return count === 1 ? '' : `${count}× `;
}

/** The first few of some names. */
function named(all: readonly string[], most: number): string {
  const names = [...new Set(all)];
  const shown = names.slice(0, most).map(printable).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Sources that are there several times, and were mined once. */
export function copied({ copied }: RunResult): string {
  if (copied.length === 0) return '';
  return listed(
    'there several times, byte for byte, and mined once',
    copied.map((each) => `  ${copiesSentence(each)}`),
  );
}

/** What is odd about sources that were read, cut short say. */
export function remarks({ warnings }: RunResult): string {
  const each = new Map(warnings.map((warning) => [JSON.stringify(warning), warning]));
  const lines = [...each.values()].flatMap(({ source, notice }) =>
    source === null ? [] : [`  ${printable(source)}: ${printable(noticeWords(notice))}`],
  );
  return lines.length === 0 ? '' : listed('read, but', lines);
}

/** Sources that failed, and why. */
export function failures({ failed }: RunResult): string {
  if (failed.length === 0) return '';
  const lines = failed.map(({ source, message }) => `  ${printable(source)}: ${printable(message)}`);
  return listed('failed', lines);
}

/** What was left as it is, since somebody kept or changed it. */
export function protectedPlaces(result: RunResult): string {
  const places = result.protected;
  if (places.length === 0) return '';
  const lines = places.map(({ path, why, beside }) => {
    const where = beside === null ? '' : `; the new one is ${printable(beside)}`;
    return `  ${printable(path)}: ${WHY_PROTECTED[why]}${where}`;
  });
  const isBeside = places.every(({ beside }) => beside !== null);
  const how = isBeside
    ? '--force replaces them'
    : '--beside puts new ones beside them, --force replaces them';
  return listed(`left as they are (${how})`, lines);
}

/** What earlier runs made and this one would not have. */
export function stale({ stale }: RunResult): string {
  const isProtected = ({ outcome }: RunResult['stale'][number]) =>
    outcome !== 'left' && outcome !== 'removed';
  const groups = [
    ['removed, since nothing asks for them any more', stale.filter(({ outcome }) => outcome === 'removed')],
    [
      'no longer asked for, but kept, starred, noted, named or changed by somebody, and so left',
      stale.filter(isProtected),
    ],
    ['no longer asked for (--prune removes them)', stale.filter(({ outcome }) => outcome === 'left')],
  ] as const;
  return groups
    .filter(([, textures]) => textures.length > 0)
    .map(([title, textures]) => listed(title, textures.map(staleLine)))
    .join('\n\n');
}

function staleLine({ path, source, why }: RunResult['stale'][number]): string {
  return `  ${printable(path)}${why === 'source-gone' ? `: ${printable(source)} is gone` : ''}`;
}

function listed(title: string, lines: readonly string[]): string {
  const shown = lines.slice(0, LISTED);
  if (lines.length > LISTED) shown.push(`  and ${lines.length - LISTED} more; --json has them all`);
  return [title, ...shown].join('\n');
}

/** Why there was nothing to work on. */
export function nothingToMine(plan: Plan): string {
  const { share } = plan;
  if (share && share.elsewhere.tasks.length > 0) {
    return `Nothing to mine for shard ${share.index} of ${share.count}: there are no more than ${counted(share.elsewhere.tasks.length, 'source')}.`;
  }
  return [
    'Nothing to mine. Looked in:',
    ...plan.folders.map((folder) => `  ${here(folder.path)}: ${holds(folder)}`),
  ].join('\n');
}

function holds({ key, exists, sources, unread, others }: FolderReport): string {
  const orElse = key === 'from' ? 'name another folder with --from' : `set paths.${key}`;
  if (!exists) return `there is no such folder; make it, or ${orElse}`;
  if (sources > 0) return `${counted(sources, 'sound')}, none of which matches --only`;
  if (unread > 0) return `${counted(unread, 'sound')}, none of which can be read`;
  if (others > 0)
    return `no sounds, ${counted(others, 'other file')}; put WAV, AIFF, FLAC, MP3, Ogg or Opus files there`;
  return `empty; put sounds there, or ${orElse}`;
}

/** Where it all lies, or why the run ended early. */
export function closing(plan: Plan, result: RunResult): string {
  const took = `${result.seconds.toFixed(1)} s`;
  const manifest = here(result.manifest);
  const made =
    result.textures.length > 0
      ? `; what was made is kept, and ${manifest} lists it`
      : ', and nothing was made';
  switch (result.stoppedEarly) {
    case 'interrupted':
      return `Interrupted after ${took}${made}.`;
    case 'strict':
      return `Stopped at the first error (--strict) after ${took}${made}.`;
    case 'export-failed':
      return `Stopped after ${took}: nothing more could be written${made}.`;
    default:
      return finished(plan, result, took);
  }
}

function finished(plan: Plan, result: RunResult, took: string): string {
  const { textures, upToDate, replaced, manifestRows } = result;
  const where = here(plan.exportFolder);
  if (textures.length === 0 && upToDate.length === 0) return '';
  if (textures.length === 0)
    return `Looked through in ${took}: ${where} (manifest.csv lists ${manifestRows})`;
  const kept = upToDate.length === 0 ? '' : `, ${upToDate.length} up to date`;
  const made = `${counted(textures.length, 'texture')} in ${took}${inPlace(replaced)}${kept}`;
  return `${made}: ${where} (seed ${plan.seed}; manifest.csv lists ${manifestRows})`;
}

/** How many textures took the place of earlier ones. */
export function inPlace(replaced: number): string {
  if (replaced === 0) return '';
  return `, ${replaced} in place of ${replaced === 1 ? 'an earlier one' : 'earlier ones'}`;
}

/** A path as seen from where the user stands. */
export function here(path: string): string {
  return printable(shownPath(path, absolute('.')));
}
