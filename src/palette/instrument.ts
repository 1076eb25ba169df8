/** Instruments for software samplers from a finished export, with their samples. */

import { filesOfInstruments } from '../archive/unrecorded-folders.ts';
import { safeName } from '../config/safe-name.ts';
import type { Families } from '../config/settings.ts';
import { Random } from '../dsp/random.ts';
import { KITS_FOLDER } from '../engine/export-folder.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { type AfterglowError, ConfigError, FileSystemError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { playerTargets, TARGETS } from '../targets/index.ts';
import type { IndexFile, PlayerOptions, PlayerTarget, TargetDefinition } from '../targets/target.ts';
import type { Scope } from '../targets/zones.ts';
import { openTargetFolder, type TargetFolder, writeTarget } from './target-folder.ts';
import { chosenTextures, type KitTexture, listedOrder, type TextureChoice } from './texture-choice.ts';
import { besideRuns, type WholeFolder, writeWholeFolder } from './whole-folder.ts';

/** What `--format` may name. */
export const INSTRUMENT_FORMATS: readonly string[] = playerTargets(TARGETS).map(({ id }) => id);
/** What `batch` writes of them. */
export const BATCH_FORMATS: readonly string[] = playerTargets(TARGETS)
  .filter(({ isPartOfBatch }) => isPartOfBatch)
  .map(({ id }) => id);

export interface InstrumentRequest {
  /** Absolute; its `_curated/selection.json` says which textures, else those of grade A and B. */
  readonly exportFolder: string;
  /** Names the files, and by default their folder. */
  readonly name: string;
  /** Ids of targets for software samplers: see {@link INSTRUMENT_FORMATS}. */
  readonly formats: readonly string[];
  /** Which instruments are made; by default what each format usually has: see `PlayerTarget.usualScopes`. */
  readonly scopes?: readonly Scope[] | undefined;
  /** What samples are brought to, loops round their ends, Hz: 8000 to 192000; by default each keeps its own rate. */
  readonly rate?: number | undefined;
  /** Puts a loop's first frames behind its end once more, for players that read on there; by default not. */
  readonly guardFrames?: boolean | undefined;
  /** Absolute; null is `_kits/NAME` in the export folder. */
  readonly out: string | null;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  /** Replaces instruments that are there; what others put into their folder stays. */
  readonly force: boolean;
  /** What the export's textures may be; by default the engine's families. */
  readonly families?: Families;
  /** Those that `formats` may name; by default the engine's. */
  readonly targets?: readonly TargetDefinition[];
  /** Ends the work at the next texture; nothing has changed then. */
  readonly signal?: AbortSignal;
  /** See {@link WholeFolder.beforeSwap}. */
  readonly beforeSwap?: WholeFolder['beforeSwap'];
}

export interface WrittenInstrument {
  readonly scope: Scope;
  /** Among those of its scope. */
  readonly name: string;
  /** See `InstrumentPart` of the families. */
  readonly part: string;
  /** Relative to the folder. */
  readonly files: readonly string[];
  readonly textures: number;
  /** Of these, how many are mapped by root. */
  readonly byRoot: number;
}

export interface InstrumentResult extends Pick<TextureChoice, 'since' | 'missing' | 'impossible'> {
  readonly folder: string;
  /** Whether somebody had chosen the textures. */
  readonly isCurated: boolean;
  /** Palettes first, then those of a source, then those of a texture. */
  readonly instruments: readonly WrittenInstrument[];
  /** Textures that cannot be read, which the instruments leave out. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Writes the instruments of an export: one a part (pads, drums, …) and, as far as they are asked for or the format
 * usually has them, one a source and part for what belongs together, and one a texture; and copies of their samples. They
 * appear as a whole, or not at all. The same textures give the same bytes.
 *
 * @param onProgress receives how many samples of how many are written
 * @throws ConfigError where the folder is there and force was not given, it holds no instruments, or there is no such format,
 *   or nothing of the scopes
 * @throws FileSystemError where there is no texture to map
 * @throws MalformedFileError, BusyError, NotAllowedError, DiskFullError; the signal's reason where it aborts
 */
export async function writeInstruments(
  platform: Platform,
  request: InstrumentRequest,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<InstrumentResult> {
  const { exportFolder, root, force, beforeSwap } = request;
  const targets = playersOf(request);
  const name = safeName(request.name, 60, 'instrument');
  const folder = request.out ?? join(exportFolder, KITS_FOLDER, name);
  const unrecorded = (there: string) => filesOfInstruments(platform, there, name);
  return besideRuns(platform, folder, { exportFolder, exportRoot: root }, async () => {
    const choice = await chosenTextures(platform, { exportFolder, families: request.families });
    const textures = assertSome(listedOrder(choice), exportFolder);
    const whole = { folder, root, force, kind: 'instruments', name, unrecorded, beforeSwap } as const;
    const written = await writeWholeFolder(platform, whole, (staging) =>
      writeAll(platform, textures, targets, { ...request, name }, staging, onProgress),
    );
    const { isSelected, since, missing, impossible } = choice;
    return { folder, isCurated: isSelected, since, missing, impossible, ...written };
  });
}

/** In the order of the list. @throws ConfigError where a format is none */
function playersOf({ formats, targets = TARGETS }: InstrumentRequest): PlayerTarget[] {
  const players = playerTargets(targets);
  const unknown = formats.find((format) => !players.some(({ id }) => id === format));
  if (unknown === undefined) return players.filter(({ id }) => formats.includes(id));
  const names = players.map(({ id }) => id).join(', ');
  throw new ConfigError(`There is no instrument format "${unknown}"; it must be one of ${names}.`);
}

function assertSome(textures: readonly KitTexture[], folder: string): readonly KitTexture[] {
  if (textures.length > 0) return textures;
  throw new FileSystemError(
    `“${folder}” holds no texture to make an instrument of; run "afterglow all" or "afterglow curate" first.`,
    { context: { path: folder } },
  );
}

async function writeAll(
  platform: Platform,
  textures: readonly KitTexture[],
  targets: readonly PlayerTarget[],
  request: Pick<InstrumentRequest, 'name' | 'signal' | 'families' | 'scopes' | 'rate' | 'guardFrames'>,
  folder: string,
  onProgress: (done: number, all: number) => void,
): Promise<Pick<InstrumentResult, 'instruments' | 'failed'>> {
  const { name, signal, families = FAMILIES, rate = null, guardFrames = false } = request;
  const scopesIn = (target: PlayerTarget) => request.scopes ?? target.usualScopes;
  const all = textures.length * timesWritten(targets, scopesIn);
  let done = 0;
  const into = openTargetFolder({
    platform,
    folder,
    randomFor: ({ path }, what) => new Random('instrument', path, what),
    signal,
    onSample: () => onProgress(++done, all),
  });
  const software = `afterglow-engine ${ENGINE_VERSION}`;
  const files: IndexFile[] = [];
  for (const target of targets) {
    const scopes = scopesIn(target);
    const options: PlayerOptions = { name, families, software, scopes, rate, guardFrames };
    const work = {
      target,
      options,
      plan: (leftOut: TargetFolder['leftOut']) => target.plan(textures, leftOut, options),
    };
    const { index } = await writeTarget(work, into);
    if (into.leftOut.size === textures.length) throw lastOf(into.unreadable);
    files.push(...index);
  }
  if (files.length === 0) throw nothingOf(request.scopes ?? [], targets);
  onProgress(all, all);
  const failed = [...into.unreadable].map(([path, { message }]) => ({ path, message }));
  return { instruments: instrumentsIn(files), failed };
}

/** As where no source has textures that belong together, or a format has no instruments of a source. */
function nothingOf(scopes: readonly Scope[], targets: readonly PlayerTarget[]): ConfigError {
  const formats = targets.map(({ id }) => id).join(', ');
  return new ConfigError(
    `There is no instrument of the scope ${scopes.join(', ')} in the format ${formats}; leave --scope out.`,
  );
}

/**
 * How often each sample is written at most: once as a file, which formats share, and into each file that holds samples, of
 * which it has one a scope.
 */
function timesWritten(
  targets: readonly PlayerTarget[],
  scopesIn: (target: PlayerTarget) => readonly Scope[],
): number {
  const inside = targets.filter(({ samples }) => samples === 'inside');
  const copies = inside.reduce((sum, target) => sum + scopesIn(target).length, 0);
  return copies + (inside.length < targets.length ? 1 : 0);
}

/** In the order in which they come, each with its files in all formats. */
function instrumentsIn(files: readonly IndexFile[]): WrittenInstrument[] {
  const written = new Map<string, WrittenInstrument>();
  for (const { path, plays } of files) {
    if (plays === null) continue;
    const { scope, name, part, groups } = plays;
    const zones = groups.flatMap((group) => group.zones);
    const key = `${scope} ${part} ${name}`;
    written.set(key, {
      scope,
      name,
      part,
      files: [...(written.get(key)?.files ?? []), path],
      textures: zones.length,
      byRoot: zones.filter(({ tracksKeys }) => tracksKeys).length,
    });
  }
  return [...written.values()];
}

function lastOf(errors: ReadonlyMap<string, AfterglowError>): AfterglowError {
  return [...errors.values()].at(-1)!;
}
