import { type ChainForm, planSamples } from '../chain-plan.ts';
import { equalLayout, tightLayout } from '../sample-layout.ts';
import type { DeviceTarget } from '../target.ts';

const FORM: ChainForm = {
  sampleEnding: '.wav',
  bitDepths: [16, 24],
  layOut: (lengths, _loops, { slice_steps }) =>
    slice_steps.value === null ? tightLayout(lengths) : equalLayout(lengths, slice_steps.value),
};

/**
 * WAV files where the device looks; loop and root stand in their `smpl` chunk, slices in `cue `, where the device reads or
 * bears them.
 */
export const wavFolder: DeviceTarget = {
  kind: 'device',
  id: 'wav-folder',
  ...FORM,
  samples: 'files',
  contradictions: ({ loops, chunks }) =>
    loops.value === 'points' && !chunks.value?.includes('smpl')
      ? [['chunks', 'must hold smpl where loops is points']]
      : [],
  plan: (textures, options, leftOut) => planSamples(textures, options, leftOut, FORM),
  encode: async (samples, options) =>
    (await import('./encode.ts')).encodeSample(samples, options, FORM.layOut),
  index: () => [],
};
