/** What a kit is on an OP-1: kits of hits in `drum`, and a synth sample for each other texture in `synth`. */
import { basename } from '../../paths.ts';
import type { Candidate } from '../candidate.ts';
import { filledLimits } from '../device-limits.ts';
import { nameRules, separatorOf } from '../device-names.ts';
import { planForDevice, type SampleForm } from '../device-plan.ts';
import { drumsName, isHit } from '../hits.ts';
import type { LeftOutReason } from '../left-out.ts';
import { isEnoughLeft } from '../limits.ts';
import type { KitPlan, KitSize, KitSlot, LeftOut } from '../plan.ts';
import type { Profile } from '../profile.ts';
import { lesserOf, WHOLE_ROOM } from '../room.ts';
import { mostFrames, wantedShape } from '../shape.ts';
import type { DeviceOptions } from '../target.ts';
import { formatOf, KIT_KEYS, op1Layout, SAMPLE_RATE } from './format.ts';

export const FORM = { sampleEnding: '.aif', bitDepths: [16] } as const satisfies SampleForm;

type PlanOptions = Pick<DeviceOptions, 'name' | 'profile' | 'families' | 'room'>;
type Reasons = ReadonlyMap<string, LeftOutReason>;

/** Several hits as one texture, which is as long as their file. */
interface DrumKit<T> extends Candidate {
  readonly members: readonly T[];
}

/** Of the room, beside other textures: half of an OP-Z's slots are for drums. */
const MOST_DRUMS = 0.5;
const NOTHING: KitSize = { samples: 0, seconds: 0, bytes: 0 };

/** The kits first, since one file holds many textures, then synth samples in the room that is left. @throws as planForDevice */
export function planOp1<T extends Candidate>(
  textures: readonly T[],
  options: PlanOptions,
  leftOut: Reasons,
): KitPlan<T> {
  const room = options.room ?? WHOLE_ROOM;
  const limits = filledLimits(options.profile, room.fill);
  const hits = textures.filter((one) => isHit(one, options.families));
  const others = textures.filter((one) => !isHit(one, options.families));
  const fill = others.length === 0 ? room.fill : MOST_DRUMS * room.fill;
  const drums = drumPlan(hits, { ...options, room: { ...room, fill } }, leftOut);
  const synths = synthPlan(others, roomBeside(drums.used, limits, options), leftOut);
  const rank = new Map(textures.map(({ path }, i) => [path, i]));
  const order = (a: LeftOut<T>, b: LeftOut<T>) => rank.get(a.texture.path)! - rank.get(b.texture.path)!;
  return {
    ...synths,
    slots: [...synths.slots.map((slot) => ({ ...slot, file: `synth/${slot.file}` })), ...drums.slots],
    leftOut: [...drums.leftOut, ...synths.leftOut].sort(order),
    used: sum(drums.used, synths.used),
    limits,
  };
}

function drumPlan<T extends Candidate>(
  hits: readonly T[],
  options: PlanOptions,
  unusable: Reasons,
): Pick<KitPlan<T>, 'slots' | 'leftOut' | 'used'> {
  const { profile, room = WHOLE_ROOM } = options;
  const kitSec = formatOf(profile).kitFrames / SAMPLE_RATE;
  const ofKits = withFigures(profile, { longest_sample_sec: kitSec });
  const mostSec = lesserOf(kitSec, room.longestSec)!;
  const reasonOf = ({ path, durationSec }: T): LeftOutReason | null =>
    unusable.get(path) ??
    (isEnoughLeft(mostSec, durationSec)
      ? null
      : { code: 'too-long', durationSec, mostSec, isAsked: mostSec !== kitSec });
  const usable = hits.filter((hit) => reasonOf(hit) === null);
  const shapeOf = (hit: Candidate) => wantedShape(ofKits, hit, FORM.bitDepths, mostSec);
  const kits = drumKits(usable, (hit) => mostFrames(hit, shapeOf(hit)), profile);
  const kitOptions = { ...options, profile: ofKits, room: { ...room, longestSec: null } };
  const plan = planForDevice(kits, kitOptions, new Map(), FORM);
  const separator = separatorOf(nameRules(profile).alphabet);
  const slots = plan.slots.flatMap(({ texture: { members }, size, file, ...slot }, n) =>
    members.map((texture, i): KitSlot<T> => {
      const folder = file.slice(0, file.length - basename(file).length);
      const name = `${drumsName(n + 1, profile)}${separator}${members.length}${FORM.sampleEnding}`;
      const path = `drum/${folder}${name}`;
      return { ...slot, texture, shape: shapeOf(texture), size: i === 0 ? size : NOTHING, file: path };
    }),
  );
  const cannot = hits.flatMap((texture): LeftOut<T>[] => {
    const reason = reasonOf(texture);
    return reason === null ? [] : [{ texture, reason }];
  });
  const full = plan.leftOut.flatMap(({ texture, reason }) =>
    texture.members.map((one) => ({ texture: one, reason })),
  );
  return { slots, leftOut: [...cannot, ...full], used: plan.used };
}

/** Hits in as few kits as they fit into. @param framesOf how long one may become */
function drumKits<T extends Candidate>(
  hits: readonly T[],
  framesOf: (hit: T) => number,
  profile: Profile,
): DrumKit<T>[] {
  const kits: T[][] = [];
  const most = formatOf(profile).kitFrames;
  const framesOfKit = (members: readonly T[]) => op1Layout(members.map(framesOf), false, profile).frames;
  for (const hit of hits) {
    const last = kits.at(-1);
    if (last && last.length < KIT_KEYS && framesOfKit([...last, hit]) <= most) last.push(hit);
    else kits.push([hit]);
  }
  return kits.map((members) => {
    const durationSec = framesOfKit(members) / SAMPLE_RATE;
    return { ...members[0], path: `kit:${members[0].path}`, loops: false, durationSec, members };
  });
}

/** Each texture a file; where files have a least length, as many as there is room for at that. */
function synthPlan<T extends Candidate>(
  textures: readonly T[],
  options: PlanOptions,
  leftOut: Reasons,
): KitPlan<T> {
  const { leastFrames } = formatOf(options.profile);
  const { total_bytes, most_samples } = options.profile;
  if (leastFrames === 0) return planForDevice(textures, options, leftOut, FORM);
  const bytes = 2 * leastFrames;
  const fitting = total_bytes.value === null ? null : Math.floor(total_bytes.value / bytes);
  const figures = { total_bytes: null, most_samples: lesserOf(most_samples.value, fitting) };
  const profile = withFigures(options.profile, figures);
  const plan = planForDevice(textures, { ...options, profile }, leftOut, FORM);
  const size = { samples: 1, seconds: leastFrames / SAMPLE_RATE, bytes };
  const slots = plan.slots.map((slot) => ({ ...slot, size }));
  return { ...plan, slots, used: slots.reduce((all) => sum(all, size), NOTHING) };
}

/** What is asked of the room that kits leave. */
function roomBeside(used: KitSize, limits: KitPlan['limits'], options: PlanOptions): PlanOptions {
  const left = (key: keyof KitSize) => (limits[key] === null ? null : Math.max(0, limits[key] - used[key]));
  const figures = {
    total_bytes: left('bytes'),
    reserved_bytes: null,
    total_sec: left('seconds'),
    most_samples: left('samples'),
  };
  const room = { ...WHOLE_ROOM, ...options.room, fill: 1 };
  return { ...options, room, profile: withFigures(options.profile, figures) };
}

type Figures = 'longest_sample_sec' | 'total_bytes' | 'reserved_bytes' | 'total_sec' | 'most_samples';

function withFigures(profile: Profile, figures: { readonly [K in Figures]?: number | null }): Profile {
  const changed = Object.entries(figures).map(([key, value]) => [key, { ...profile[key as Figures], value }]);
  return { ...profile, ...Object.fromEntries(changed) };
}

function sum(a: KitSize, b: KitSize): KitSize {
  return { samples: a.samples + b.samples, seconds: a.seconds + b.seconds, bytes: a.bytes + b.bytes };
}
