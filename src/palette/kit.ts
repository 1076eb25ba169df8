/** Kits: a choice of an export's textures as a folder that a device reads. */

import { filesOfKit } from '../archive/unrecorded-folders.ts';
import { safeName } from '../config/safe-name.ts';
import { Random } from '../dsp/random.ts';
import { KITS_FOLDER } from '../engine/export-folder.ts';
import type { ExportLocation } from '../engine/export-location.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { ConfigError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { groupedBy } from '../groups.ts';
import { basename, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { TARGETS, targetOf } from '../targets/index.ts';
import type { FamilyLevel } from '../targets/kit-levels.ts';
import type { KitPlan, KitSize, LeftOut } from '../targets/plan.ts';
import { planKit } from '../targets/plan-kit.ts';
import type { Profile } from '../targets/profile.ts';
import type { DeviceOptions, DeviceTarget, MadeSample, TargetDefinition } from '../targets/target.ts';
import { leftOutText } from '../wording/kits.ts';
import { packKit, writeBeside } from './kit-beside.ts';
import type { KitFile } from './kit-csv.ts';
import { spelledAs } from './kit-key.ts';
import { roomFor, wishedTextures } from './kit-wishes.ts';
import { openTargetFolder, type TargetWork, writeTarget } from './target-folder.ts';
import { chosenTextures, type KitSource, type KitTexture, type TextureChoice } from './texture-choice.ts';
import { besideRuns, type WholeFolder, writeWholeFolder } from './whole-folder.ts';
import { type KitWishes, USUAL_WISHES } from './wishes.ts';

/** UTF-8 bytes. */
const LONGEST_NAME = 100;

export interface KitRequest extends ExportLocation, KitSource {
  readonly profile: Profile;
  /** Names the kit's folder, and, in the device's characters, its folder on the device where it has one there. */
  readonly name: string;
  /** Absolute: the folder that the kit's own is made in. By default {@link KITS_FOLDER} of the export. */
  readonly into?: string;
  /** Its folder holds one ZIP, laid out as the card is. */
  readonly isZipped?: boolean;
  /** By default {@link USUAL_WISHES}. */
  readonly wishes?: KitWishes;
  /** Replaces a kit of that name; what others put into its folder stays. */
  readonly force: boolean;
  /** Whether the short one-shots of a family share a file, each a slice of it; by default each has its own. */
  readonly chains?: boolean | undefined;
  /** Those that the profile may name; by default the engine's. */
  readonly targets?: readonly TargetDefinition[];
  /** Ends the work at the next texture; nothing has changed then. */
  readonly signal?: AbortSignal;
  /** See {@link WholeFolder.beforeSwap}. */
  readonly beforeSwap?: WholeFolder['beforeSwap'];
}

/** Who chose and what became of the choice since. */
type ChoiceFacts = Pick<TextureChoice, 'isSelected' | 'since' | 'missing' | 'impossible'>;

export interface KitResult extends ChoiceFacts {
  /** Absolute. */
  readonly folder: string;
  /** What it is called on the device. */
  readonly deviceName: string;
  /** Absolute: what its files lie in; null where they lie in the folder. */
  readonly zip: string | null;
  /** As the device lists them. */
  readonly files: readonly KitFile[];
  /** Best first. */
  readonly leftOut: readonly LeftOut<KitTexture>[];
  /** What is taken of the device; of its memory, where it plays some from its card, */
  readonly used: KitSize;
  /** and what those take of that. */
  readonly usedOfCard: KitSize;
  readonly limits: KitPlan['limits'];
  /** What its families were brought to, in the order in which they come; empty where levels were left. */
  readonly levels: readonly FamilyLevel[];
}

/** What is said of a kit, without the rows of its textures. */
export interface KitFacts extends Omit<KitResult, 'files' | 'leftOut'> {
  readonly files: readonly (Omit<KitFile, 'texture'> & { readonly texture: SaidTexture })[];
  readonly leftOut: readonly {
    readonly texture: Pick<KitTexture, 'path'>;
    readonly reason: LeftOut['reason'];
  }[];
}

/** What is said of a texture in a kit: its pitch and time as they will be. */
export type SaidTexture = Pick<KitTexture, 'path' | 'root' | 'rootName' | 'key' | 'tempo' | 'moved'>;

export function kitFacts({ files, leftOut, ...facts }: KitResult): KitFacts {
  return {
    ...facts,
    files: files.map(({ texture, ...file }) => {
      const { path, root, rootName, key, tempo, moved } = texture;
      return { ...file, texture: { path, root, rootName, key, tempo, moved } };
    }),
    leftOut: leftOut.map(({ texture: { path }, reason }) => ({ texture: { path }, reason })),
  };
}

/**
 * What a kit would be, without reading a sound: those that cannot be read or fitted are not known yet.
 * @throws as {@link makeKit}
 */
export async function previewKit(
  platform: Platform,
  request: KitSource & Pick<KitRequest, 'profile' | 'name' | 'targets' | 'wishes' | 'chains'>,
): Promise<KitPlan<KitTexture> & ChoiceFacts> {
  requireSlices(request);
  const choice = await chosenTextures(platform, request);
  const { profile, name, targets, families = FAMILIES, wishes = USUAL_WISHES, chains } = request;
  const { textures, leftOut } = wishedTextures(choice, wishes, profile, families);
  const room = roomFor(wishes, profile, choice);
  const plan = planKit(textures, profile, name, { leftOut, targets, families, room, chains });
  return { ...plan, ...factsOf(choice) };
}

/**
 * Makes a kit. It appears as a whole, or not at all; the same textures and profile give the same bytes. A sound that
 * cannot be read or fitted is left out, and its room goes to the next.
 *
 * @param onProgress receives how many sounds of how many are made
 * @throws ConfigError where the kit is there and force was not given, where its folder holds no kit, or nothing fits
 * @throws MalformedFileError where the selection is none; BusyError while a run works in the export
 * @throws NotAllowedError outside the root; DiskFullError, FileSystemError; the signal's reason where it aborts
 */
export async function makeKit(
  platform: Platform,
  request: KitRequest,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<KitResult> {
  const { profile, name, isZipped = false, exportRoot, force, beforeSwap } = request;
  requireSlices(request);
  const folder = kitFolder(request);
  return besideRuns(platform, folder, request, async () => {
    const choice = await chosenTextures(platform, request);
    const whole = {
      folder,
      root: exportRoot,
      force,
      kind: 'kit',
      unrecorded: (there: string) => filesOfKit(platform, there),
      beforeSwap,
    } as const;
    return writeWholeFolder(platform, whole, async (staging) => {
      const made = await fillKit(platform, choice, request, staging, onProgress);
      const { missing } = choice;
      const families = request.families ?? FAMILIES;
      await writeBeside(platform, staging, { ...made, missing, profile, name, isZipped, families });
      const zip = isZipped ? join(folder, await packKit(platform, staging, basename(folder))) : null;
      return { ...made, folder, zip, ...factsOf(choice) };
    });
  });
}

/** Where a kit is made; absolute. */
export function kitFolder({
  exportFolder,
  into,
  name,
}: Pick<KitRequest, 'exportFolder' | 'into' | 'name'>): string {
  return join(into ?? join(exportFolder, KITS_FOLDER), safeName(name, LONGEST_NAME, 'KIT'));
}

function factsOf({ isSelected, since, missing, impossible }: TextureChoice): ChoiceFacts {
  return { isSelected, since, missing, impossible };
}

async function fillKit(
  platform: Platform,
  choice: TextureChoice,
  {
    profile,
    name,
    chains,
    signal,
    targets = TARGETS,
    families = FAMILIES,
    wishes = USUAL_WISHES,
  }: KitRequest,
  folder: string,
  onProgress: (done: number, all: number) => void,
): Promise<
  Pick<KitResult, 'deviceName' | 'files' | 'leftOut' | 'used' | 'usedOfCard' | 'limits' | 'levels'>
> {
  const target = targetOf(profile, targets);
  const wished = wishedTextures(choice, wishes, profile, families);
  const room = roomFor(wishes, profile, choice);
  const options = { name, profile, families, room, chains, software: `afterglow-engine ${ENGINE_VERSION}` };
  const planned: TargetWork<DeviceOptions, KitPlan<KitTexture>>['plan'] = (leftOut, remeasured) => {
    const textures = wished.textures.map((texture) =>
      spelledAs({ ...texture, ...remeasured.get(texture.path) }, wishes.key),
    );
    return target.plan(textures, options, new Map([...wished.leftOut, ...leftOut]));
  };
  const { plan, samples, levels } = await writeTarget(
    { target, options, level: wishes.level, plan: planned },
    openTargetFolder({
      platform,
      folder,
      randomFor: ({ path }, what) => new Random('kit', profile.id, path, what),
      signal,
      onSample: onProgress,
    }),
  );
  if (plan.slots.length === 0) throw nothingFits(plan, profile);
  const fromCard = new Set(plan.slots.filter((slot) => slot.isStreamed).map(({ file }) => file));
  const isStreamed = ({ slot }: MadeSample) =>
    plan.limits.streamed === null ? null : fromCard.has(slot.file);
  const together = [...groupedBy(samples, ({ slot }) => slot.file).values()];
  return {
    deviceName: plan.name,
    files: together.flatMap((slices) =>
      slices.map((sample, i) => kitFile(sample, slices.length > 1 ? i + 1 : null, isStreamed(sample))),
    ),
    leftOut: plan.leftOut,
    used: sizeOf(
      together.filter(([sample]) => !isStreamed(sample)),
      target,
      profile,
    ),
    usedOfCard: sizeOf(
      together.filter(([sample]) => isStreamed(sample)),
      target,
      profile,
    ),
    limits: plan.limits,
    levels,
  };
}

function kitFile(
  { slot, frameCount, level, ...facts }: MadeSample<KitTexture>,
  slice: number | null,
  isStreamed: boolean | null,
): KitFile {
  const { file, texture } = slot;
  const { sampleRate, channelCount, bitDepth } = facts;
  const bytes = (frameCount * channelCount * bitDepth) / 8;
  const lufs = level?.lufs ?? null;
  return { file, slice, texture, durationSec: frameCount / sampleRate, bytes, lufs, isStreamed, ...facts };
}

/** What files take of a device, whatever stands in them around samples included. */
function sizeOf(
  files: readonly (readonly MadeSample[])[],
  { layOut }: Pick<DeviceTarget, 'layOut'>,
  profile: Profile,
): KitSize {
  const sizes = files.map((samples) => {
    const [{ slot, sampleRate, channelCount, bitDepth }] = samples;
    const lengths = samples.map(({ frameCount }) => frameCount);
    const frames = layOut ? layOut(lengths, slot.texture.loops, profile).frames : lengths[0];
    return { seconds: (frames * channelCount) / sampleRate, bytes: (frames * channelCount * bitDepth) / 8 };
  });
  return {
    samples: files.length,
    seconds: sizes.reduce((sum, { seconds }) => sum + seconds, 0),
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** @throws ConfigError where chains are asked for and the device plays no slices */
function requireSlices({ chains, profile }: Pick<KitRequest, 'chains' | 'profile'>): void {
  if (!chains || profile.slices.value !== null) return;
  throw new ConfigError(
    `Nothing is known of slices that ${profile.device} plays, so nothing can be chained for it; leave --chains out.`,
  );
}

function nothingFits({ leftOut }: KitPlan<KitTexture>, { device }: Profile): ConfigError {
  const why = leftOut.length === 0 ? 'there is nothing to choose from' : leftOutText(leftOut[0].reason);
  return new ConfigError(`Nothing fits into a kit for ${device}: ${why}.`, {
    context: { leftOut: leftOut.length },
  });
}
