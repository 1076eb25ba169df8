import { MOST_OT_SLICES } from '../../formats/ot.ts';
import { type ChainForm, planSamples } from '../chain-plan.ts';
import { tightLayout } from '../sample-layout.ts';
import type { DeviceTarget } from '../target.ts';

/** The device plays every file at this rate, Hz. */
const SAMPLE_RATE = 44_100;
const FORM: ChainForm = { sampleEnding: '.wav', bitDepths: [16, 24], layOut: tightLayout };

/** WAV files, each with an `.ot` beside it that says how the Octatrack plays it: loop, length, tempo, no stretching, slices. */
export const octatrack: DeviceTarget = {
  kind: 'device',
  id: 'octatrack',
  ...FORM,
  samples: 'files',
  contradictions: ({ preferred_sample_rate_hz, slices }) => [
    ...(preferred_sample_rate_hz.value === SAMPLE_RATE
      ? []
      : [['preferred_sample_rate_hz', `must be ${SAMPLE_RATE}`] as const]),
    ...((slices.value ?? 0) > MOST_OT_SLICES
      ? [['slices', `must be at most ${MOST_OT_SLICES}`] as const]
      : []),
  ],
  plan: (textures, options, leftOut) => planSamples(textures, options, leftOut, FORM),
  encode: async (samples, options) => (await import('./encode.ts')).encodeWithSettings(samples, options),
  index: () => [],
};
