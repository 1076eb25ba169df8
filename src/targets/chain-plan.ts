/**
 * Sliced chains: the short one-shots of a family in one file, each a slice of it, so that they take one sample of a
 * device and not one each. To a plan a chain is one texture of its whole length; where that does not fit, it is made shorter.
 */
import { groupedBy } from '../groups.ts';
import type { Candidate } from './candidate.ts';
import { type PlanOptions, planForDevice, type SampleForm } from './device-plan.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan, KitSlot, LeftOut } from './plan.ts';
import { lesserOf, WHOLE_ROOM } from './room.ts';
import type { LayOut } from './sample-layout.ts';
import { mostFrames, type WantedShape, wantedShape } from './shape.ts';
import type { DeviceOptions } from './target.ts';

/** What plays once and is no longer is a hit or a flicker, s, whatever its family. Hits are cut to 0.8 s by default. */
const LONGEST_SLICE_SEC = 2;
const NOTHING = { samples: 0, seconds: 0, bytes: 0 };
/** What its file is called behind family and number, and before the number of its parts. */
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
  options: PlanOptions & Pick<DeviceOptions, 'chains'>,
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: ChainForm,
): KitPlan<T> {
  if (!options.chains) return planForDevice(textures, options, leftOut, form);
  const maker = new ChainMaker<T>(options, form);
  const dropped: LeftOut<T>[] = [];
  let planned = maker.inChains(textures, leftOut);
  for (;;) {
    const plan = planForDevice(planned, options, leftOut, form);
    const shortened = new Map<string, Planned<T>>();
    for (const { texture, reason } of plan.leftOut) {
      const rest = maker.shorter(texture, reason);
      if (rest === null) continue;
      shortened.set(texture.path, rest);
      dropped.push(...texture.members.slice(rest.members.length).map((one) => ({ texture: one, reason })));
    }
    if (shortened.size === 0) return unfolded(plan, dropped);
    planned = planned.map((one) => shortened.get(one.path) ?? one);
  }
}

/** Makes chains for a device, as a target lays them out. */
class ChainMaker<T extends Candidate> {
  private readonly options: PlanOptions;
  private readonly form: ChainForm;

  constructor(options: PlanOptions, form: ChainForm) {
    this.options = options;
    this.form = form;
  }

  /** Textures with their hits in chains, each chain in the place of its best. */
  inChains(textures: readonly T[], leftOut: ReadonlyMap<string, LeftOutReason>): Planned<T>[] {
    const isShort = ({ path, loops, durationSec }: T) =>
      !loops && durationSec <= LONGEST_SLICE_SEC && !leftOut.has(path);
    const alike = groupedBy(textures.filter(isShort), (texture) =>
      JSON.stringify([texture.family, this.shapeOf(texture)]),
    );
    const chains = [...alike.values()].flatMap((hits) => this.chainsOf(hits));
    const byBest = new Map(chains.map((members) => [members[0], members]));
    return textures.flatMap((texture) => {
      const members = isShort(texture) ? byBest.get(texture) : [texture];
      return members ? [this.planned(members)] : [];
    });
  }

  /** As much of a chain as there is room for; null where that is nothing, it is no chain, or it is not for want of room. */
  shorter({ members }: Planned<T>, reason: LeftOutReason): Planned<T> | null {
    if (reason.code !== 'seconds-full' && reason.code !== 'bytes-full') return null;
    for (let count = members.length - 1; count > 0; count--) {
      const rest = this.planned(members.slice(0, count));
      const shape = this.shapeOf(rest);
      const ofAFrame = reason.code === 'seconds-full' ? 1 / shape.sampleRate : shape.bitDepth / 8;
      if (mostFrames(rest, shape) * shape.channelCount * ofAFrame <= reason.left) return rest;
    }
    return null;
  }

  /** Hits in as few chains as they fit into, none longer than any other sample may be. @param hits best first */
  private chainsOf(hits: readonly T[]): T[][] {
    const { profile, room = WHOLE_ROOM } = this.options;
    const mostSlices = profile.slices.value ?? 1;
    const mostSec = lesserOf(profile.longest_sample_sec.value, room.longestSec) ?? Infinity;
    const chains: T[][] = [];
    for (const hit of hits) {
      const last = chains.at(-1);
      const isFull =
        last === undefined ||
        last.length === mostSlices ||
        this.planned([...last, hit]).durationSec > mostSec;
      if (isFull) chains.push([hit]);
      else last.push(hit);
    }
    return chains;
  }

  /** Some hits as one texture, as long as their file is at most; a lone one is what it is. */
  private planned(members: readonly T[]): Planned<T> {
    const [first] = members;
    if (members.length === 1) return { ...first, members };
    const shape = this.shapeOf(first);
    const lengths = members.map((member) => mostFrames(member, shape));
    const { frames, parts } = this.form.layOut(lengths, false, this.options.profile);
    const durationSec = frames / shape.sampleRate;
    return { ...first, path: `${NAME}:${first.path}`, name: `${NAME} ${parts}`, durationSec, members };
  }

  private shapeOf(texture: Candidate): WantedShape {
    const { profile, room = WHOLE_ROOM } = this.options;
    return wantedShape(profile, texture, this.form.bitDepths, room.longestSec);
  }
}

/** A plan with the members of its chains for these; what a chain takes stands at its first slice. */
function unfolded<T extends Candidate>(
  plan: KitPlan<Planned<T>>,
  dropped: readonly LeftOut<T>[],
): KitPlan<T> {
  const slots = plan.slots.flatMap(({ texture: { members }, size, ...slot }): KitSlot<T>[] =>
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
