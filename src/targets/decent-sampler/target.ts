import { keyboardInstruments, planForKeyboard, SAMPLES_FOLDER } from '../keyboard-plan.ts';
import type { PlayerTarget } from '../target.ts';

/** A .dspreset a part, beside the folder of its samples. Loop and root stand in the text. */
export const decentSampler: PlayerTarget = {
  kind: 'player',
  id: 'decentsampler',
  sampler: 'DecentSampler',
  samples: 'files',
  plan: (textures, leftOut) => planForKeyboard(textures, leftOut, SAMPLES_FOLDER),
  async index(samples, options) {
    const { decentSamplerText } = await import('./preset.ts');
    return keyboardInstruments(samples, options).map(({ instrument, title }) => ({
      path: `${title}.dspreset`,
      plays: instrument,
      contents: decentSamplerText(instrument),
    }));
  },
};
