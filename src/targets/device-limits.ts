/** How much a device holds, as its profile has it, and what of a kit lies where in it. */
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan, KitSize } from './plan.ts';
import type { KnownValue, Profile } from './profile.ts';

/** Where a kit lies when nobody knows where the device looks. */
const UNKNOWN_FOLDER = '{kit}';

const NOTHING: KitSize = { samples: 0, seconds: 0, bytes: 0 };

/** What a sample takes, and whether it is struck, so that it must be there at once. */
export interface SizedSample {
  readonly size: KitSize;
  readonly isHit: boolean;
}

/** Where the samples of a kit lie. */
interface Placed<S extends SizedSample> {
  /** Those that the device plays from its card, by length. */
  readonly streamed: ReadonlySet<S>;
  /** What the others take, */
  readonly used: KitSize;
  /** and what these do. */
  readonly usedOfCard: KitSize;
}

/** The folder of a kit's samples, `{kit}` standing for its name. */
export function folderPattern({ folder }: Pick<Profile, 'folder'>): string {
  return folder.value ?? UNKNOWN_FOLDER;
}

/** Whether a kit has a folder of its own there, and as many as it needs; else all kits share one. */
export function hasOwnFolder(profile: Pick<Profile, 'folder'>): boolean {
  return folderPattern(profile).includes('{kit}');
}

/** What a profile says that a kit may take at most. */
export function limitsOf(profile: Profile): KitPlan['limits'] {
  return {
    samples: mostSamplesOf(profile).value,
    seconds: profile.total_sec.value,
    bytes: mostBytesOf(profile).value,
    streamed: profile.streamed_samples.value,
  };
}

/** The share of a device that is to be filled, above 0 and up to 1. */
export function filledLimits(profile: Profile, fill: number): KitPlan['limits'] {
  const { samples, seconds, bytes, streamed } = limitsOf(profile);
  return {
    samples: samples === null ? null : Math.floor(samples * fill),
    seconds: seconds === null ? null : seconds * fill,
    bytes: bytes === null ? null : Math.floor(bytes * fill),
    streamed: streamed === null ? null : Math.floor(streamed * fill),
  };
}

/** The memory that is left of a device's by what it takes for itself. */
export function mostBytesOf({ total_bytes, reserved_bytes }: Profile): KnownValue<number> {
  const { value } = total_bytes;
  return value === null ? total_bytes : { ...total_bytes, value: value - (reserved_bytes.value ?? 0) };
}

/** Samples of a bank, where a kit can have a folder for each. */
export function bankSizeOf(profile: Profile): number | null {
  return hasOwnFolder(profile) ? profile.bank_size.value : null;
}

/** Banks of a device; null where it has none, or nobody knows how many. */
export function mostBanksOf({ bank_size, most_samples }: Profile): number | null {
  if (bank_size.value === null || most_samples.value === null) return null;
  return Math.ceil(most_samples.value / bank_size.value);
}

/**
 * How many samples a kit has in memory at most: as many as the device takes, or, where they all lie in one folder, as that takes
 * if those are fewer.
 */
export function mostSamplesOf(profile: Profile): KnownValue<number> {
  const { most_samples, most_files_per_folder } = profile;
  const inFolder = hasOwnFolder(profile) ? null : most_files_per_folder.value;
  const isFewer = inFolder !== null && inFolder < (most_samples.value ?? Infinity);
  return isFewer ? most_files_per_folder : most_samples;
}

/** Samples that a device holds at most, those that it plays from its card too; null: nobody knows of a limit. */
export function mostOfAll({ samples, streamed }: KitPlan['limits']): number | null {
  return samples === null ? null : samples + (streamed ?? 0);
}

/**
 * What lies in memory and what plays from the card, where the device can: memory takes hits, then the shorter before the
 * longer, as far as there is room.
 */
export function placed<S extends SizedSample>(samples: readonly S[], limits: KitPlan['limits']): Placed<S> {
  const streamed = new Set<S>();
  if (limits.streamed === null) return { streamed, used: total(samples), usedOfCard: NOTHING };
  let used = NOTHING;
  for (const sample of [...samples].sort(byHaste)) {
    const sum = total([{ size: used }, sample]);
    if (excess(sum, used, limits) === null) used = sum;
    else streamed.add(sample);
  }
  return { streamed, used, usedOfCard: total([...streamed]) };
}

/** Why the last of these does not fit beside the others, which do; null where it does. */
export function overfull(samples: readonly SizedSample[], limits: KitPlan['limits']): LeftOutReason | null {
  if (samples.length === 0) return null;
  if (limits.streamed !== null && placed(samples, limits).streamed.size <= limits.streamed) return null;
  const most = mostOfAll(limits);
  if (most !== null && samples.length > most) return { code: 'samples-full', limit: most };
  const { used } = placed(samples.slice(0, -1), limits);
  return excess(total([{ size: used }, samples[samples.length - 1]]), used, limits);
}

function byHaste(a: SizedSample, b: SizedSample): number {
  return Number(b.isHit) - Number(a.isHit) || a.size.bytes - b.size.bytes;
}

/** Why so much does not fit, beside what is there already; null where it does. */
function excess(sum: KitSize, used: KitSize, limits: KitPlan['limits']): LeftOutReason | null {
  if (limits.samples !== null && sum.samples > limits.samples) {
    return { code: 'samples-full', limit: limits.samples };
  }
  const over = (key: 'seconds' | 'bytes') => {
    const limit = limits[key];
    if (limit === null || sum[key] <= limit) return null;
    return { needs: sum[key] - used[key], left: limit - used[key], limit };
  };
  const [seconds, bytes] = [over('seconds'), over('bytes')];
  if (seconds) return { code: 'seconds-full', ...seconds };
  return bytes && { code: 'bytes-full', ...bytes };
}

/** What all take together. */
function total(samples: readonly Pick<SizedSample, 'size'>[]): KitSize {
  let [count, seconds, bytes] = [0, 0, 0];
  for (const { size } of samples) {
    count += size.samples;
    seconds += size.seconds;
    bytes += size.bytes;
  }
  return { samples: count, seconds, bytes };
}
