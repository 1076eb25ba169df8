import { resolve } from 'node:path';
import { shownPath } from '../../engine/shown-path.ts';
import { ConfigError } from '../../errors.ts';
import { FAMILIES } from '../../families/index.ts';
import { groupedBy } from '../../groups.ts';
import { type KitResult, makeKit, previewKit } from '../../palette/kit.ts';
import { profileNames, readProfile } from '../../palette/profiles.ts';
import type { KitTexture } from '../../palette/texture-choice.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { readsAlike, usualKitName } from '../../targets/device-names.ts';
import type { LeftOutReason } from '../../targets/left-out.ts';
import type { KitSize, LeftOut } from '../../targets/plan.ts';
import type { Profile } from '../../targets/profile.ts';
import { profileRows } from '../../targets/profile-table.ts';
import { counted } from '../../wording/counted.ts';
import { adaptationTitle, familyLevelText, leftOutText, shortenedText } from '../../wording/kits.ts';
import { absolute } from '../absolute.ts';
import { warnOfChoice } from '../choice-warnings.ts';
import { kitDocument, previewedKitDocument } from '../documents.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { allOrNothing } from '../interruption.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal, type Terminal } from '../terminal.ts';
import { type KitOptionFlags, wishesOf } from '../usage/kit-wishes.ts';

export interface KitFlags extends KitOptionFlags {
  readonly config?: string;
  readonly export?: string;
  readonly list?: boolean;
  readonly profile?: string;
  readonly name?: string;
  readonly selection?: string;
  readonly out?: string;
  readonly chains?: boolean;
  readonly dryRun?: boolean;
  readonly zip?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Textures that were left out beyond this many a reason are counted, not listed. */
const LISTED = 3;

/** Reasons that lie in a texture's file. */
const FAULTS: readonly LeftOutReason['code'][] = ['unreadable', 'empty', 'longer-than-listed'];

/** `afterglow kit`: a choice of textures as a folder that a device reads. */
export async function kit(flags: KitFlags): Promise<number> {
  const terminal = openTerminal(flags);
  if (flags.list) return list(flags, terminal);
  if (flags.profile === undefined) {
    throw new ConfigError(
      'Which device is it for? Name it with --profile; "afterglow kit --list" lists them.',
    );
  }
  const profile = await readProfile(nodePlatform, flags.profile);
  const { exportFolder } = await openExport(flags);
  const request = {
    exportFolder,
    exportRoot: exportRoot(exportFolder),
    profile,
    name: flags.name ?? usualKitName(profile),
    isZipped: flags.zip,
    force: flags.force ?? false,
    wishes: wishesOf(flags),
    selectionPath: resolved(flags.selection),
    into: resolved(flags.out),
    chains: flags.chains,
  };
  if (flags.dryRun) return preview(await previewKit(nodePlatform, request), profile, flags, terminal);
  return allOrNothing(terminal, async (signal) => {
    const made = await makeKit(nodePlatform, { ...request, signal }, (done, all) =>
      terminal.live(`[*] ${done} of ${counted(all, 'sample')}`),
    );
    terminal.live('');
    warnOfChoice(made, terminal);
    terminal.result(
      [
        ...madeLines(made),
        ...shortenedLines(made),
        ...levelLines(made),
        ...leftOutLines(made.leftOut, 'more; KIT.csv lists them'),
        `${sizeText(made)} for ${profile.device}: ${shownPath(made.zip ?? made.folder, absolute('.'))}`,
        ...(made.zip === null ? [] : ['Unpack the ZIP: it is laid out as the card is.']),
        ...nameLines(request.name, made.deviceName),
        ...(profile.loading === undefined ? [] : [profile.loading]),
      ].join('\n'),
    );
    if (flags.json) printJson(kitDocument(made, profile));
    return outcomeOf(made);
  });
}

function resolved(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}

async function list(flags: KitFlags, terminal: Terminal): Promise<number> {
  const profiles = await Promise.all(
    profileNames(nodePlatform).map((name) => readProfile(nodePlatform, name)),
  );
  if (flags.json) printJson(profiles);
  const rows = profileRows(profiles);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  terminal.result(
    [...rows.map(line), 'A ? is not known; docs/KITS.md says where each figure is from.'].join('\n'),
  );
  return EXIT.done;
}

/** What the kit is called on the device, where nobody would find it under its own name. */
function nameLines(name: string, deviceName: string): string[] {
  return readsAlike(name, deviceName)
    ? []
    : [`On the device it is called “${deviceName}”, which is what fits there of “${name}”.`];
}

function preview(
  plan: Awaited<ReturnType<typeof previewKit>>,
  profile: Profile,
  flags: KitFlags,
  terminal: Terminal,
): number {
  warnOfChoice(plan, terminal);
  terminal.result(
    [
      ...plan.slots.map(({ file, texture }) => `${file}  ${texture.path}`),
      ...leftOutLines(plan.leftOut, 'more'),
      `${sizeText(plan)} at most for ${profile.device}; nothing was written`,
    ].join('\n'),
  );
  if (flags.json) printJson(previewedKitDocument(plan, profile));
  return outcomeOf(plan);
}

/** What the device has no room for is no failure; a file that is gone, or is none or another one, is. */
function outcomeOf({ leftOut, missing }: Pick<KitResult, 'leftOut' | 'missing'>): number {
  const isFailed = leftOut.some(({ reason }) => FAULTS.includes(reason.code));
  return isFailed || missing.length > 0 ? EXIT.failed : EXIT.done;
}

/** By family: how many, and what had to be done to them. */
function madeLines({ files }: KitResult): string[] {
  return FAMILIES.flatMap(({ id, plural }) => {
    const mine = files.filter(({ texture }) => texture.family === id);
    if (mine.length === 0) return [];
    const done = mine.flatMap(({ adaptations }) => adaptations.map(adaptationTitle));
    const adapted = [
      ...chainText(mine),
      ...[...groupedBy(done, (title) => title)].map(([title, all]) => `${all.length} ${title}`),
    ].join(', ');
    return [`${plural.padEnd(10)}${String(mine.length).padStart(4)}  ${adapted}`.trimEnd()];
  });
}

/** How many of them are slices; nothing where none is. */
function chainText(files: KitResult['files']): string[] {
  const slices = files.filter(({ slice }) => slice !== null);
  if (slices.length === 0) return [];
  return [`${slices.length} in ${counted(new Set(slices.map(({ file }) => file)).size, 'chain')}`];
}

/** How many were made shorter, from what to what. */
function shortenedLines({ files }: KitResult): string[] {
  const text = shortenedText(files, FAMILIES);
  return text === '' ? [] : [`shortened  ${text}`];
}

/** What the families were brought to, and where that is less than it was to be. */
function levelLines({ levels }: KitResult): string[] {
  return levels.map((level, i) => `${i === 0 ? 'levels' : ''}`.padEnd(11) + familyLevelText(level, FAMILIES));
}

/** @param more what is said of how many are not listed */
function leftOutLines(leftOut: readonly LeftOut<KitTexture>[], more: string): string[] {
  // Reasons that differ in their figures alone are one reason; what ails a file is its own.
  const groups = groupedBy(leftOut, ({ reason, texture }) =>
    reason.code === 'unreadable' ? texture.path : reason.code,
  );
  return [...groups.values()].flatMap((group) => [
    `left out   ${group.length}: ${leftOutText(group[0].reason)}`,
    ...group.slice(0, LISTED).map(({ texture }) => `             ${texture.path}`),
    ...(group.length > LISTED ? [`             and ${group.length - LISTED} ${more}`] : []),
  ]);
}

function sizeText({ used, usedOfCard, limits }: Pick<KitResult, 'used' | 'usedOfCard' | 'limits'>): string {
  const text = (key: keyof KitSize, print: (figure: number) => string) => {
    const limit = limits[key];
    return `${print(used[key])}${limit === null ? '' : ` of ${print(limit)}`}`;
  };
  const samples =
    limits.samples === null ? counted(used.samples, 'sample') : `${text('samples', String)} samples`;
  const seconds = text('seconds', tenths);
  const megabytes = text('bytes', megabytesText);
  const inMemory = `${samples}, ${seconds} s of mono, ${megabytes} MB`;
  if (limits.streamed === null) return inMemory;
  const fromCard = `${usedOfCard.samples} of ${limits.streamed} samples, ${megabytesText(usedOfCard.bytes)} MB`;
  return `${inMemory} in memory and ${fromCard} from the card`;
}

function tenths(figure: number): string {
  return String(Number(figure.toFixed(1)));
}

/** A kilobyte is not nothing. */
function megabytesText(bytes: number): string {
  return String(Number((bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1)));
}
