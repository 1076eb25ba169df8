/** The only list of targets. */
import { ConfigError } from '../errors.ts';
import { bitwig } from './bitwig/target.ts';
import { decentSampler } from './decent-sampler/target.ts';
import { deluge } from './deluge/target.ts';
import { mpc } from './mpc/target.ts';
import { octatrack } from './octatrack/target.ts';
import { op1 } from './op-1/target.ts';
import { opXy } from './op-xy/target.ts';
import { polyend } from './polyend/target.ts';
import { sf2 } from './sf2/target.ts';
import { sfz } from './sfz/target.ts';
import type { DeviceTarget, PlayerTarget, TargetDefinition } from './target.ts';
import { wavFolder } from './wav-folder/target.ts';

export const TARGETS: readonly TargetDefinition[] = [
  wavFolder,
  octatrack,
  polyend,
  op1,
  opXy,
  mpc,
  deluge,
  sfz,
  decentSampler,
  bitwig,
  sf2,
];

/** What a user's own profile means that names no target. */
export const USUAL_DEVICE_TARGET = wavFolder.id;

/** Those that a device profile may name. */
export function deviceTargets(targets: readonly TargetDefinition[]): DeviceTarget[] {
  return targets.filter((target) => target.kind === 'device');
}

/** Those that the command `instrument` writes. */
export function playerTargets(targets: readonly TargetDefinition[]): PlayerTarget[] {
  return targets.filter((target) => target.kind === 'player');
}

/** The target that a profile names. @throws ConfigError where there is none of that name */
export function targetOf(
  { id, target }: { readonly id: string; readonly target: string },
  targets: readonly TargetDefinition[],
): DeviceTarget {
  const found = deviceTargets(targets).find((each) => each.id === target);
  if (found) return found;
  const names = deviceTargets(targets).map((each) => each.id);
  throw new ConfigError(
    `The profile ${id} names the target "${target}"; it must be one of ${names.join(', ')}.`,
  );
}
