import { planForKeyboard, SAMPLES_FOLDER } from '../keyboard-plan.ts';
import type { PlayerTarget } from '../target.ts';
import { SCOPES } from '../zones.ts';

/** An .sfz a preset, beside the folder of the samples. Loop and root stand in the text. */
export const sfz: PlayerTarget = {
  kind: 'player',
  id: 'sfz',
  sampler: 'SFZ',
  isPartOfBatch: true,
  usualScopes: SCOPES,
  samples: 'files',
  plan: (textures, leftOut, options) => planForKeyboard(textures, leftOut, SAMPLES_FOLDER, options),
  encode: async (samples, options) =>
    (await import('../player-sample.ts')).encodePlayerSample(samples, options),
  async index(samples, options) {
    const [{ instrumentPresets }, { sfzText }] = await Promise.all([
      import('../presets.ts'),
      import('./sfz.ts'),
    ]);
    return instrumentPresets(samples, options).map(({ instrument, title, file, up }) => ({
      path: `${file}.sfz`,
      plays: instrument,
      contents: sfzText(instrument, title, up),
    }));
  },
};
