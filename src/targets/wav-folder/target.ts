import { planForDevice } from '../device-plan.ts';
import type { DeviceTarget } from '../target.ts';

const FORM = { sampleEnding: '.wav', bitDepths: [16, 24] } as const;

/** WAV files where the device looks; loop and root stand in their `smpl` chunk, where the device reads or bears one. */
export const wavFolder: DeviceTarget = {
  kind: 'device',
  id: 'wav-folder',
  ...FORM,
  samples: 'files',
  contradictions: ({ loops, chunks }) =>
    loops.value === 'points' && !chunks.value?.includes('smpl')
      ? [['chunks', 'must hold smpl where loops is points']]
      : [],
  plan: (textures, options, leftOut) => planForDevice(textures, options, leftOut, FORM),
  encode: async (samples, options) => (await import('./encode.ts')).encodeSample(samples, options),
  index: () => [],
};
