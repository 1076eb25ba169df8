/** What shape a sound must have for a device; what a profile does not know is chosen with care. */
import { takesRate } from './limits.ts';
import type { Profile } from './profile.ts';
import { lesserOf } from './room.ts';

/** What decides over the shape: of a texture as it is, or of anything else that wants to become a sample. */
export interface SoundFacts {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channelCount: number;
}

/** Bits of a sample that can be written. */
export type BitDepth = 16 | 24;

export interface WantedShape {
  readonly sampleRate: number;
  readonly bitDepth: BitDepth;
  readonly channelCount: 1 | 2;
  /** Frames at that rate; null where nothing says so. */
  readonly longestFrames: number | null;
}

/** Every sampler takes this. */
const USUAL_RATE = 44_100;
/** Where a device takes a range, what lies outside is brought to one of these. */
const COMMON_RATES = [8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000];

/**
 * The shape that a sound must have: its own as far as the device takes that.
 * @param writable the depths that can be written, of which the device takes one at least
 * @param wantedSec the longest that is wanted, where that is less than the device takes; null: nobody wants less
 */
export function wantedShape(
  profile: Profile,
  facts: SoundFacts,
  writable: readonly BitDepth[],
  wantedSec: number | null = null,
): WantedShape {
  const sampleRate = wantedRate(profile, facts.sampleRate);
  const longest = lesserOf(profile.longest_sample_sec.value, wantedSec);
  return {
    sampleRate,
    bitDepth: wantedDepth(profile, facts.bitDepth, writable),
    channelCount: wantedChannels(profile, facts.channelCount),
    longestFrames: longest === null ? null : Math.floor(longest * sampleRate),
  };
}

/** Frames that a texture has at most in a shape: a loop's length is rounded and a one-shot's rounded up. */
export function mostFrames(
  { durationSec }: { readonly durationSec: number },
  { sampleRate, longestFrames }: WantedShape,
): number {
  return Math.min(Math.ceil(durationSec * sampleRate) + 1, longestFrames ?? Infinity);
}

/** Its own where the device takes it, else the next one above that loses nothing, else the highest. */
function wantedRate(profile: Profile, own: number): number {
  const preferred = profile.preferred_sample_rate_hz.value;
  if (preferred !== null) return preferred;
  const rates = profile.sample_rates_hz.value;
  if (rates === null) return USUAL_RATE;
  if (takesRate(rates, own)) return own;
  const taken = Array.isArray(rates)
    ? [...rates].sort((a, b) => a - b)
    : [...COMMON_RATES.filter((rate) => takesRate(rates, rate)), rates.most];
  return taken.find((rate) => rate >= own) ?? Math.max(...taken);
}

/** 24 bits stay where the device takes them; 16 are all that is sure. */
function wantedDepth({ bit_depths }: Profile, own: number, writable: readonly BitDepth[]): BitDepth {
  const taken: readonly number[] = bit_depths.value ?? [16];
  const depths = writable.filter((depth) => taken.includes(depth));
  if (!depths.includes(24)) return 16;
  return own > 16 || !depths.includes(16) ? 24 : 16;
}

function wantedChannels({ channels }: Profile, own: number): 1 | 2 {
  const wanted = own > 1 ? 2 : 1;
  const counts = channels.value;
  return counts === null || counts.includes(wanted) ? wanted : counts[0];
}
