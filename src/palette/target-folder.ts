/**
 * The way from textures to the files of a target, the same for kits and instruments: plan, fit the sounds, plan again
 * without what could not be had, bring them to their levels, write them and what lists them. The folder is one that nobody
 * sees yet: see `whole-folder.ts`.
 */

import { makeFolder } from '../archive/make-folder.ts';
import type { AfterglowError } from '../errors.ts';
import { groupedBy } from '../groups.ts';
import { dirname, join } from '../paths.ts';
import { DISK_LANES, inLanes, oneByOne } from '../platform/lanes.ts';
import { type FamilyLevel, kitLevels, type Levelling, type LevelMode } from '../targets/kit-levels.ts';
import type { LeftOutReason } from '../targets/left-out.ts';
import type { Slot, TargetPlan } from '../targets/plan.ts';
import type { IndexFile, MadeSample, TargetOptions } from '../targets/target.ts';
import { type MeasuredTexture, openFittedTextures } from './fitted-textures.ts';
import type { RemeasuredPitch } from './remeasured-pitch.ts';
import {
  type MadeFile,
  makeFile,
  readOf,
  type SampleMaking,
  type TargetAsked,
  type UnreadTexture,
  WAITING,
} from './sample-file.ts';
import type { KitTexture } from './texture-choice.ts';

export interface TargetFolder extends SampleMaking {
  readonly signal: AbortSignal | undefined;
  /** Receives after each sample how many of those that are planned are there, or cannot be had. */
  readonly onSample: (done: number, planned: number) => void;
  /** Textures that could not be had for any target so far, by path. */
  readonly leftOut: Map<string, LeftOutReason>;
  /** Of those that cannot be read, why. */
  readonly unreadable: Map<string, AfterglowError>;
  /** Sample files, by what their slots call them: targets may share them. */
  readonly made: Map<string, MadeFile>;
  /** What is said of the pitch of textures that were shortened, by path. */
  readonly remeasured: Map<string, RemeasuredPitch>;
}

/** A target with what it is asked, and what it plans. */
export interface TargetWork<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>>
  extends TargetAsked<Options> {
  /** What fitted sounds are brought to; by default they keep their levels. */
  readonly level?: LevelMode;
  /** Its plan without some textures. @param remeasured what is said of the pitch of some, by path */
  plan(leftOut: ReadonlyMap<string, LeftOutReason>, remeasured: ReadonlyMap<string, RemeasuredPitch>): Plan;
}

export interface TargetFiles<Plan> {
  /** What holds: all that it plans is made. */
  readonly plan: Plan;
  /** In the plan's order. */
  readonly samples: readonly MadeSample<KitTexture>[];
  readonly index: readonly IndexFile[];
  /** Those that were asked for. */
  readonly levels: readonly FamilyLevel[];
}

/** A folder for the files of one target or several. */
export function openTargetFolder(
  given: Pick<TargetFolder, 'platform' | 'folder' | 'randomFor' | 'signal' | 'onSample'>,
): TargetFolder {
  return {
    ...given,
    leftOut: new Map(),
    unreadable: new Map(),
    made: new Map(),
    remeasured: new Map(),
    fitted: openFittedTextures(given.platform, given.randomFor),
  };
}

/**
 * Writes the files of a target.
 * @throws DiskFullError, NotAllowedError, FileSystemError, LimitError; what the target throws; the signal's reason
 * @throws AudioError, FileSystemError where a sound can no longer be read that could be before
 */
export async function writeTarget<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>>(
  work: TargetWork<Options, Plan>,
  into: TargetFolder,
): Promise<TargetFiles<Plan>> {
  const { target, options } = work;
  const { plan, levels } = await makeSamples(work, into);
  const byPath = new Map(
    plan.slots
      .flatMap(({ file }) => into.made.get(file)!.samples)
      .map((sample) => [sample.slot.texture.path, sample]),
  );
  const samples = plan.slots.map(({ texture }) => byPath.get(texture.path)!);
  const read = (file: string) => readSample(file, plan.slots.length, into);
  const index = await target.index(samples, options, read);
  const write = ({ path, contents }: IndexFile) => writeContents(into, path, contents);
  const [texts, streams] = [true, false].map((isText) =>
    index.filter(({ contents }) => (typeof contents === 'string') === isText),
  );
  await inLanes(texts, DISK_LANES, into.signal, write);
  // Each holds one sample in memory at a time, and so do all.
  await inLanes(streams, 1, into.signal, write);
  into.signal?.throwIfAborted();
  await into.platform.files.removeTree(join(into.folder, WAITING));
  return { plan, samples, index, levels };
}

/** Makes what is planned, and plans again without what could not be had, until all that is planned is made. */
async function makeSamples<Options extends TargetOptions, Plan extends TargetPlan<KitTexture>>(
  work: TargetWork<Options, Plan>,
  into: TargetFolder,
): Promise<{ readonly plan: Plan; readonly levels: readonly FamilyLevel[] }> {
  const own = new Set<string>();
  for (;;) {
    const plan = work.plan(into.leftOut, into.remeasured);
    const fitted = await fitAll(plan.slots, into);
    if (fitted === null) continue;
    const levels = kitLevels(fitted, work.level ?? 'off', work.options.families);
    const files = groupedBy<Slot<KitTexture>, string>(plan.slots, ({ file }) => file);
    // What an earlier plan had under this name, and the new one has under another or not at all.
    for (const file of own) if (!holds(into.made.get(file), files.get(file))) await discard(file, into);
    const missing = [...files].filter(([file, slots]) => !holds(into.made.get(file), slots));
    if (missing.length === 0) return { plan, levels: levels.families };
    for (const [file] of missing) own.add(file);
    await makeFiles(missing, plan.slots.length, levels.sounds, work, into);
  }
}

/**
 * Makes files one by one, and writes them side by side, since each waits for the disk.
 * @param planned how many samples there are to be, of which these are the last
 */
async function makeFiles<Options extends TargetOptions>(
  missing: readonly (readonly [file: string, slots: readonly Slot<KitTexture>[]])[],
  planned: number,
  levels: ReadonlyMap<string, Levelling>,
  work: TargetAsked<Options>,
  into: TargetFolder,
): Promise<void> {
  let done = planned - missing.flatMap(([, slots]) => slots).length;
  const unread = new Map<string, UnreadTexture>();
  const making = { ...into, inTurn: oneByOne() };
  await inLanes(missing, DISK_LANES, into.signal, async ([file, slots]) => {
    const made = await makeFile(file, slots, levels, work, making);
    if ('error' in made) unread.set(file, made);
    else {
      into.made.set(file, made);
      done += slots.length;
    }
    const isCopied = slots[0].shape === null;
    if (isCopied && ('error' in made || made.written.length > 0)) into.onSample(done, planned);
  });
  into.signal?.throwIfAborted();
  // In the plan's order, whichever came first.
  for (const [file] of missing) {
    const one = unread.get(file);
    if (one) leaveOutUnread(one, into);
  }
}

/**
 * Fits what is to be fitted: all of it before any is written, since the level of each depends on the others.
 * @returns null where something cannot be had, or is called otherwise now, which is noted
 */
async function fitAll(
  slots: readonly Slot<KitTexture>[],
  into: TargetFolder,
): Promise<readonly MeasuredTexture[] | null> {
  const measured: MeasuredTexture[] = [];
  const shaped = slots.filter(({ shape }) => shape !== null);
  let [done, isAsPlanned] = [0, true];
  for (const slot of shaped) {
    into.signal?.throwIfAborted();
    const isNew = !into.fitted.has(slot);
    const one = await readOf(slot.texture, () => into.fitted.measured(slot));
    if ('error' in one) leaveOutUnread(one, into);
    else if ('leftOut' in one) into.leftOut.set(slot.texture.path, one.leftOut);
    else measured.push(one);
    if ('remeasured' in one && one.remeasured !== null && isNew) {
      into.remeasured.set(slot.texture.path, one.remeasured);
      isAsPlanned = false;
    }
    done++;
    if (isNew) into.onSample(done, slots.length);
  }
  return isAsPlanned && measured.length === shaped.length ? measured : null;
}

/** Whether a file holds just the textures of these slots. */
function holds(made: MadeFile | undefined, slots: readonly Slot<KitTexture>[] = []): boolean {
  if (made?.samples.length !== slots.length) return false;
  return made.samples.every(({ slot }, i) => slot.texture.path === slots[i].texture.path);
}

async function discard(file: string, { platform, made }: TargetFolder): Promise<void> {
  for (const path of made.get(file)?.written ?? []) await platform.files.remove(path);
  made.delete(file);
}

/** Leaves out a texture that cannot be read. */
function leaveOutUnread({ path, error }: UnreadTexture, { leftOut, unreadable }: TargetFolder): void {
  leftOut.set(path, { code: 'unreadable', message: error.message });
  unreadable.set(path, error);
}

/** The bytes of a sample that lies inside an index file, or beside it. */
async function readSample(file: string, planned: number, into: TargetFolder): Promise<Uint8Array> {
  into.signal?.throwIfAborted();
  const { samples, written } = into.made.get(file)!;
  if (written.length > 0) return into.platform.files.read(written[0]);
  const bytes = await into.platform.files.read(samples[0].slot.texture.file);
  into.onSample(planned, planned);
  return bytes;
}

async function writeContents(
  { platform, folder }: TargetFolder,
  path: string,
  contents: IndexFile['contents'],
): Promise<void> {
  const file = join(folder, path);
  await makeFolder(platform, dirname(file));
  await platform.files.write(
    file,
    typeof contents === 'string' ? new TextEncoder().encode(contents) : contents,
  );
}
