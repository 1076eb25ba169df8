import { MOST_PTI_SLICES, PTI } from '../../formats/pti.ts';
import { type ChainForm, planSamples } from '../chain-plan.ts';
import { alone } from '../sample-layout.ts';
import type { DeviceTarget } from '../target.ts';
import { mostAroundLoop, ptiLoop, ptiSlices } from './positions.ts';

const FORM: ChainForm = {
  sampleEnding: '.pti',
  bitDepths: [PTI.bitDepth],
  aroundLoop: mostAroundLoop,
  layOut: ([length, ...others], loops) => {
    if (others.length > 0) return ptiSlices([length, ...others]);
    return alone(loops ? ptiLoop(length).frames : length);
  },
};

/** Instruments of a Polyend Tracker, each with its sound: forward loops, one-shots, slices. */
export const polyend: DeviceTarget = {
  kind: 'device',
  id: 'polyend',
  ...FORM,
  samples: 'files',
  contradictions: ({ preferred_sample_rate_hz, slices }) => [
    ...(preferred_sample_rate_hz.value === PTI.sampleRate
      ? []
      : [['preferred_sample_rate_hz', `must be ${PTI.sampleRate}`] as const]),
    ...((slices.value ?? 0) > MOST_PTI_SLICES
      ? [['slices', `must be at most ${MOST_PTI_SLICES}`] as const]
      : []),
  ],
  plan: (textures, options, leftOut) => planSamples(textures, options, leftOut, FORM),
  encode: async (samples, options) =>
    (await import('./encode.ts')).encodeInstrument(samples, options, FORM.layOut),
  index: () => [],
};
