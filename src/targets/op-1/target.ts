import type { DeviceTarget } from '../target.ts';
import { formatOf, KIT_KEYS, op1Layout, SAMPLE_RATE } from './format.ts';
import { FORM, planOp1 } from './plan.ts';

/**
 * Files of OP-1, OP-Z and OP-1 field: AIFF-C with the patch in it. Hits share drum kits, a key each; any other texture is a
 * synth sample, which all keys play.
 */
export const op1: DeviceTarget = {
  kind: 'device',
  id: 'op-1',
  ...FORM,
  samples: 'files',
  layOut: op1Layout,
  contradictions: (profile) => {
    const { channels, preferred_sample_rate_hz, longest_sample_sec, slices } = profile;
    const { longestSec } = formatOf(profile);
    return [
      ...(channels.value?.length === 1
        ? []
        : [['channels', 'must be [1] for an OP-1 or OP-Z, or [2] for an OP-1 field'] as const]),
      ...(preferred_sample_rate_hz.value === SAMPLE_RATE
        ? []
        : [['preferred_sample_rate_hz', `must be ${SAMPLE_RATE}`] as const]),
      ...((longest_sample_sec.value ?? Infinity) <= longestSec
        ? []
        : [['longest_sample_sec', `must be at most ${longestSec}`] as const]),
      ...((slices.value ?? 0) > KIT_KEYS ? [['slices', `must be at most ${KIT_KEYS}`] as const] : []),
    ];
  },
  plan: planOp1,
  encode: async (samples, options) => (await import('./encode.ts')).encodeOp1(samples, options),
  index: () => [],
};
