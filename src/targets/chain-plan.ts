/**
 * Sliced chains: the short one-shots of a family in one file, each a slice of it, so that they take one sample of a
 * device and not one each. To a plan a chain is one texture of its whole length; where that does not fit, it is made shorter.
 */
import { groupedBy } from '../groups.ts';
import type { Candidate } from './candidate.ts';
import { planForDevice, type SampleForm } from './device-plan.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan, KitSlot, LeftOut } from './plan.ts';
import type { Profile } from './profile.ts';
import type { LayOut } from './sample-layout.ts';
import { mostFrames, type WantedShape, wantedShape } from './shape.ts';
import type { DeviceOptions } from './target.ts';

/** What plays once and is no longer is a hit or a flicker, s. Hits are cut to 0.8 s by default. */
const LONGEST_SLICE_SEC = 2;
const NOTHING = { samples: 0, seconds: 0, bytes: 0 };
/** What its file is called behind family and number. */
const NAME = 'chain';

/** How a target writes samples into a file, several as slices of it. */
export interface ChainForm extends SampleForm {
  readonly layOut: LayOut;
}

/** What a plan takes for one texture: one, or a chain of several. */
interface Planned<T> extends Candidate {
  /** Best first. */
  readonly members: readonly T[];
}

/**
 * What a kit will be: `planForDevice`, with chains where they are asked for.
 * @throws as that
 */
export function planSamples<T extends Candidate>(
  textures: readonly T[],
  options: Pick<DeviceOptions, 'name' | 'profile' | 'families' | 'chains'>,
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: ChainForm,
): KitPlan<T> {
  if (!options.chains) return planForDevice(textures, options, leftOut, form);
  const dropped: LeftOut<T>[] = [];
  let planned = inChains(textures, options.profile, leftOut, form);
  for (;;) {
    const plan = planForDevice(planned, options, leftOut, form);
    const tooLong = new Map(
      plan.leftOut.flatMap(({ texture, reason }) => {
        const rest = texture.members.length > 1 ? shorter(texture, reason, options.profile, form) : null;
        return rest ? [[texture.path, { rest, reason }] as const] : [];
      }),
    );
    if (tooLong.size === 0) return unfolded(plan, dropped);
    planned = planned.map((one) => {
      const found = tooLong.get(one.path);
      if (!found) return one;
      const { rest, reason } = found;
      dropped.push(...one.members.slice(rest.members.length).map((texture) => ({ texture, reason })));
      return rest;
    });
  }
}

/** Textures with their hits in chains, each chain in the place of its best. */
function inChains<T extends Candidate>(
  textures: readonly T[],
  profile: Profile,
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: ChainForm,
): Planned<T>[] {
  const isHit = ({ path, loops, durationSec }: T) =>
    !loops && durationSec <= LONGEST_SLICE_SEC && !leftOut.has(path);
  const alike = groupedBy(textures.filter(isHit), (texture) =>
    JSON.stringify([texture.family, wantedShape(profile, texture, form.bitDepths)]),
  );
  const chains = [...alike.values()].flatMap((hits) => chainsOf(hits, profile, form));
  const byBest = new Map(chains.map((members) => [members[0], members]));
  return textures.flatMap((texture) => {
    if (!isHit(texture)) return [single(texture)];
    const members = byBest.get(texture);
    return members ? [chain(members, profile, form)] : [];
  });
}

/** Hits in as few chains as they fit into. @param hits best first */
function chainsOf<T extends Candidate>(hits: readonly T[], profile: Profile, form: ChainForm): T[][] {
  const mostSlices = profile.slices.value ?? 1;
  const mostSec = profile.longest_sample_sec.value ?? Infinity;
  const chains: T[][] = [];
  for (const hit of hits) {
    const last = chains.at(-1);
    const isFull =
      last === undefined ||
      last.length === mostSlices ||
      chain([...last, hit], profile, form).durationSec > mostSec;
    if (isFull) chains.push([hit]);
    else last.push(hit);
  }
  return chains;
}

function single<T extends Candidate>(texture: T): Planned<T> {
  return { ...texture, members: [texture] };
}

/** Some hits as one texture; a lone one is what it is. */
function chain<T extends Candidate>(members: readonly T[], profile: Profile, form: ChainForm): Planned<T> {
  const [first] = members;
  if (members.length === 1) return single(first);
  const shape = wantedShape(profile, first, form.bitDepths);
  const durationSec = chainFrames(members, shape, profile, form) / shape.sampleRate;
  return { ...first, path: `${NAME}:${first.path}`, name: NAME, durationSec, members };
}

/** As many frames as their file has at most. */
function chainFrames(
  members: readonly Candidate[],
  shape: WantedShape,
  profile: Profile,
  form: ChainForm,
): number {
  const lengths = members.map((member) => mostFrames(member, shape));
  return form.layOut(lengths, false, profile).frames;
}

/** As much of a chain as there is room for; null where that is nothing, or it is not for want of room. */
function shorter<T extends Candidate>(
  { members }: Planned<T>,
  reason: LeftOutReason,
  profile: Profile,
  form: ChainForm,
): Planned<T> | null {
  if (reason.code !== 'seconds-full' && reason.code !== 'bytes-full') return null;
  for (let count = members.length - 1; count > 0; count--) {
    const rest = chain(members.slice(0, count), profile, form);
    const shape = wantedShape(profile, rest, form.bitDepths);
    const ofAFrame = reason.code === 'seconds-full' ? 1 / shape.sampleRate : shape.bitDepth / 8;
    if (mostFrames(rest, shape) * shape.channelCount * ofAFrame <= reason.left) return rest;
  }
  return null;
}

/** A plan with the members of its chains for these. */
function unfolded<T extends Candidate>(
  plan: KitPlan<Planned<T>>,
  dropped: readonly LeftOut<T>[],
): KitPlan<T> {
  const slots = plan.slots.flatMap(({ texture: { members }, size, ...slot }): KitSlot<T>[] =>
    // A chain takes what it takes as a whole; it stands at its first slice.
    byKind(members).map((texture, i) => ({ ...slot, texture, size: i === 0 ? size : NOTHING })),
  );
  const leftOut = plan.leftOut.flatMap(({ texture: { members }, reason }) =>
    members.map((texture) => ({ texture, reason })),
  );
  return { ...plan, slots, leftOut: [...leftOut, ...dropped] };
}

/** All kicks, then all snares, …, as the first of each come. */
function byKind<T extends Candidate>(hits: readonly T[]): T[] {
  return [...groupedBy(hits, ({ kind }) => kind).values()].flat();
}
