import { keyboardInstruments, planForKeyboard, SAMPLES_FOLDER } from '../keyboard-plan.ts';
import type { PlayerTarget } from '../target.ts';
import { sfzText } from './sfz.ts';

/** An .sfz a part, beside the folder of its samples. Loop and root stand in the text. */
export const sfz: PlayerTarget = {
  kind: 'player',
  id: 'sfz',
  sampler: 'SFZ',
  samples: 'files',
  plan: (textures, leftOut) => planForKeyboard(textures, leftOut, SAMPLES_FOLDER),
  index: (samples, options) =>
    keyboardInstruments(samples, options).map(({ instrument, title }) => ({
      path: `${title}.sfz`,
      plays: instrument,
      contents: sfzText(instrument, title),
    })),
};
