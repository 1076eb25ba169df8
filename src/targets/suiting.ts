/** Which textures come first for a device that may not hold all: each family has its share of what is scarce there. */
import type { FamilyId } from '../families/family.ts';
import { groupedBy } from '../groups.ts';
import type { Candidate } from './candidate.ts';
import { limitsOf, mostOfAll } from './device-limits.ts';
import type { Profile } from './profile.ts';

/** A bar of four beats at 120 BPM, s: what lasts so long may be struck anew at each bar, and never falls silent. */
const LONG_ENOUGH_SEC = 2;
/** How much of a device a family has that it favours, to 1 of any other. */
const FAVOURED = 2;

/** What a family has been given so far. */
interface Given {
  /** Of the device's samples, time or memory, whichever it has most of. */
  share: number;
  count: number;
}

/**
 * Textures in the order in which they fill a device. Next is always the best of the family that has had the least of what it
 * takes most of there, be that samples, time or memory, so that a long bed does not cost the pads their places; families that
 * the device favours have twice as much as others. Where it is doubtful whether a device loops, what would soon fall silent comes last.
 *
 * @param parts of which the first goes wholly before the next, each best first
 */
export function suiting<T extends Candidate>(parts: readonly (readonly T[])[], profile: Profile): T[] {
  const isDoubtful = profile.loops.value === 'doubtful';
  const fallsSilent = ({ loops, durationSec }: T) => isDoubtful && loops && durationSec < LONG_ENOUGH_SEC;
  const given = new Map<FamilyId, Given>();
  return [
    ...parts.map((part) => part.filter((texture) => !fallsSilent(texture))),
    ...parts.map((part) => part.filter(fallsSilent)),
  ].flatMap((part) => byShares(part, profile, given));
}

/** @param given is added to */
function byShares<T extends Candidate>(
  ranked: readonly T[],
  profile: Profile,
  given: Map<FamilyId, Given>,
): T[] {
  const waiting = [...groupedBy(ranked, ({ family }) => family)].map(([family, textures]) => {
    const weight = profile.favours.value?.includes(family) ? FAVOURED : 1;
    const sum = given.get(family) ?? { share: 0, count: 0 };
    given.set(family, sum);
    return { textures, weight, sum, next: 0 };
  });
  return ranked.map(() => {
    const family = waiting
      .filter(({ textures, next }) => next < textures.length)
      .reduce((least, each) => (comesBefore(each, least) ? each : least));
    const texture = family.textures[family.next++];
    family.sum.share += shareOf(texture, profile);
    family.sum.count++;
    return texture;
  });
}

interface Waiting {
  readonly weight: number;
  readonly sum: Given;
}

function comesBefore(a: Waiting, b: Waiting): boolean {
  const [shareOfA, shareOfB] = [a.sum.share / a.weight, b.sum.share / b.weight];
  if (shareOfA !== shareOfB) return shareOfA < shareOfB;
  return a.sum.count / a.weight < b.sum.count / b.weight;
}

/** The part of a device that a texture takes: of its samples, its time or its memory, whichever is most; 0 where none is known. */
function shareOf({ durationSec, channelCount, sampleRate }: Candidate, profile: Profile): number {
  const limits = limitsOf(profile);
  const { seconds, bytes } = limits;
  const samples = mostOfAll(limits);
  const channels = profile.channels.value?.includes(2) === false ? 1 : channelCount;
  const mono = channels * Math.min(durationSec, profile.longest_sample_sec.value ?? Infinity);
  const rate = profile.preferred_sample_rate_hz.value ?? sampleRate;
  const width = profile.bit_depths.value?.includes(24) ? 3 : 2;
  return Math.max(
    1 / (samples ?? Infinity),
    mono / (seconds ?? Infinity),
    // What does not fit into memory plays from the card.
    limits.streamed === null ? (mono * rate * width) / (bytes ?? Infinity) : 0,
  );
}
