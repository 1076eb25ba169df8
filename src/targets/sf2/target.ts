import { planForKeyboard } from '../keyboard-plan.ts';
import type { WantedShape } from '../shape.ts';
import type { PlayerOptions, PlayerTarget, TargetTexture } from '../target.ts';

/** The format's text has nothing above (SoundFont 2.04, 7.10), Hz. */
const HIGHEST_RATE = 50_000;
const HIGH_RATE_BECOMES = 48_000;

/**
 * A SoundFont a part, which holds its samples once: presets of the palette's keyboard, and one for each of its textures. The
 * scope `source` has none.
 */
export const sf2: PlayerTarget = {
  kind: 'player',
  id: 'sf2',
  sampler: 'SoundFont',
  isPartOfBatch: false,
  usualScopes: ['palette', 'texture'],
  samples: 'inside',
  plan(textures, leftOut, options) {
    const plan = planForKeyboard(textures, leftOut, 'sf2/', options);
    return { ...plan, slots: plan.slots.map((slot) => ({ ...slot, shape: shapeOf(slot.texture, options) })) };
  },
  encode: async (samples, options) => (await import('./sample-data.ts')).encodeSampleData(samples, options),
  async index(samples, options, read) {
    const [palettes, { soundFontPresets }, { soundFont }] = await Promise.all([
      import('../presets.ts'),
      import('./presets.ts'),
      import('./sound-font.ts'),
    ]);
    return palettes
      .instrumentPresets(samples, { ...options, scopes: ['palette'] })
      .map(({ instrument, ...shown }) => ({
        ...shown,
        instrument,
        presets: soundFontPresets(instrument, samples, options),
      }))
      .filter(({ presets }) => presets.length > 0)
      .map(({ instrument, title, file, presets }) => ({
        path: `${file}.sf2`,
        plays: instrument,
        contents: soundFont(title, presets, options.software, read),
      }));
  },
};

function shapeOf(
  { sampleRate, channelCount }: Pick<TargetTexture, 'sampleRate' | 'channelCount'>,
  { rate }: Pick<PlayerOptions, 'rate'>,
): WantedShape {
  const wanted = rate ?? sampleRate;
  return {
    sampleRate: wanted > HIGHEST_RATE ? HIGH_RATE_BECOMES : wanted,
    bitDepth: 24,
    channelCount: channelCount > 1 ? 2 : 1,
    longestFrames: null,
  };
}
