import { keyboardInstruments, planForKeyboard } from '../keyboard-plan.ts';
import type { WantedShape } from '../shape.ts';
import type { PlayerTarget, TargetTexture } from '../target.ts';

/** The format's text has nothing above (SoundFont 2.04, 7.10), Hz. */
const HIGHEST_RATE = 50_000;
const HIGH_RATE_BECOMES = 48_000;

/** A SoundFont a part, which holds its samples: a keyboard of all of them, and a preset for each. */
export const sf2: PlayerTarget = {
  kind: 'player',
  id: 'sf2',
  sampler: 'SoundFont',
  samples: 'inside',
  plan(textures, leftOut) {
    const plan = planForKeyboard(textures, leftOut, 'sf2/');
    return { ...plan, slots: plan.slots.map((slot) => ({ ...slot, shape: shapeOf(slot.texture) })) };
  },
  encode: async (samples, options) => (await import('./sample-data.ts')).encodeSampleData(samples, options),
  async index(samples, options, read) {
    const [{ presetsOf }, { soundFont }] = await Promise.all([
      import('./presets.ts'),
      import('./sound-font.ts'),
    ]);
    return keyboardInstruments(samples, options).map(({ instrument, title }) => ({
      path: `${title}.sf2`,
      plays: instrument,
      contents: soundFont(title, presetsOf(instrument, samples, options), options.software, read),
    }));
  },
};

function shapeOf({
  sampleRate,
  channelCount,
}: Pick<TargetTexture, 'sampleRate' | 'channelCount'>): WantedShape {
  return {
    sampleRate: sampleRate > HIGHEST_RATE ? HIGH_RATE_BECOMES : sampleRate,
    bitDepth: 24,
    channelCount: channelCount > 1 ? 2 : 1,
    longestFrames: null,
  };
}
