import { planForKeyboard, SAMPLES_FOLDER } from '../keyboard-plan.ts';
import type { PlayerTarget } from '../target.ts';
import { SCOPES } from '../zones.ts';

/** A .dspreset a preset, beside the folder of the samples. Loop and root stand in the text. */
export const decentSampler: PlayerTarget = {
  kind: 'player',
  id: 'decentsampler',
  sampler: 'DecentSampler',
  isPartOfBatch: true,
  usualScopes: SCOPES,
  samples: 'files',
  plan: (textures, leftOut, options) => planForKeyboard(textures, leftOut, SAMPLES_FOLDER, options),
  encode: async (samples, options) =>
    (await import('../player-sample.ts')).encodePlayerSample(samples, options),
  async index(samples, options) {
    const [{ instrumentPresets }, { decentSamplerText }] = await Promise.all([
      import('../presets.ts'),
      import('./preset.ts'),
    ]);
    return instrumentPresets(samples, options).map(({ instrument, title, file, up }) => ({
      path: `${file}.dspreset`,
      plays: instrument,
      contents: decentSamplerText(instrument, title, up),
    }));
  },
};
