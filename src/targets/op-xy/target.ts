import { planForDevice } from '../device-plan.ts';
import type { DeviceTarget } from '../target.ts';
import { GUARD_FRAMES, nameRoom, presetFolders, withPresetFolders } from './presets.ts';

const FORM = { sampleEnding: '.wav', bitDepths: [16], aroundLoop: () => GUARD_FRAMES } as const;

/**
 * Presets of the OP-XY: a folder NAME.preset of WAVs and the patch.json that says how they play. A texture is a preset of its
 * own, which all keys play; hits share presets of 24 keys.
 */
export const opXy: DeviceTarget = {
  kind: 'device',
  id: 'op-xy',
  ...FORM,
  samples: 'files',
  contradictions: () => [],
  plan: (textures, options, leftOut) =>
    withPresetFolders(planForDevice(textures, nameRoom(options), leftOut, FORM), options),
  encode: async (samples, options) => (await import('./encode.ts')).encodePresetSample(samples, options),
  async index(samples, options) {
    const { drumPatch, samplerPatch } = await import('./patch.ts');
    return presetFolders(samples, options).map(({ folder, isDrums, samples: own }) => ({
      path: `${folder}/patch.json`,
      plays: null,
      contents: isDrums ? drumPatch(own) : samplerPatch(own[0], options),
    }));
  },
};
