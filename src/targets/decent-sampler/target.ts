import { keyboardInstruments, planForKeyboard, SAMPLES_FOLDER } from '../keyboard-plan.ts';
import type { PlayerTarget } from '../target.ts';
import { decentSamplerText } from './preset.ts';

/** A .dspreset a part, beside the folder of its samples. Loop and root stand in the text. */
export const decentSampler: PlayerTarget = {
  kind: 'player',
  id: 'decentsampler',
  samples: 'files',
  plan: (textures, leftOut) => planForKeyboard(textures, leftOut, SAMPLES_FOLDER),
  index: (samples, options) =>
    keyboardInstruments(samples, options).map(({ instrument, title }) => ({
      path: `${title}.dspreset`,
      plays: instrument,
      contents: decentSamplerText(instrument),
    })),
};
