import { flag } from '../../settings/fields.ts';
import { renamedKey } from '../../settings/old-keys.ts';
import { DETECTED, type FamilyDefinition } from '../family.ts';
import { lengthCount, numbered } from '../shared/expected.ts';
import { LAYERS_PART } from '../shared/layers-part.ts';
import { FINISHING_AND_MUSIC } from '../shared/reads.ts';
import type { HissReason } from './make.ts';
import { type HissSettings, hiss as section } from './settings.ts';
import { HISS_WORDS } from './words.ts';

/** Steady noise in the colours of drums, as loops, and flickers: short moments of the hits themselves. */
export const hiss = {
  id: 'hiss',
  folder: 'hiss',
  singular: 'hiss',
  plural: 'hiss',
  colour: { dark: '#d2b873', light: '#94742a' },
  loops: true,
  pitch: 'noise',
  cutWord: 'flicker',
  sections: { hiss: section },
  oldKeys: [
    renamedKey('hiss', 'band_low_hz', 'bandpass_low_hz'),
    renamedKey('hiss', 'band_high_hz', 'bandpass_high_hz'),
  ],
  naming: {
    hiss_loop: { of: 'a hiss loop', pattern: 'hiss_loop_{source}_{index:02}' },
    hiss_flicker: { of: 'a flicker', pattern: 'hiss_flicker_{source}_{index:02}' },
  },
  channels: {
    key: 'hiss_stereo',
    setting: flag('Hiss from stereo sources stays stereo; false mixes it down.', true),
  },
  // It is made of the noise between 4 and 14 kHz: that the kick under it was driven hard is not its fault.
  grading: { ignoresClipping: true, mayMove: true },
  kitPrefix: 'HS',
  instrument: { part: LAYERS_PART, keys: { first: 60, count: 24 } },
  skipWords: HISS_WORDS,
  makers: [
    {
      id: 'hiss',
      input: 'source',
      phase: {
        id: 'make-hiss',
        title: 'hiss',
        help: 'hiss loops and flickers from drums/',
        folders: () => ['drums_dir'],
        isPartOfAll: true,
        suits: ['drum_loop', 'noise'],
      },
      reads: [
        ...FINISHING_AND_MUSIC,
        'hiss',
        'naming.hiss_loop',
        'naming.hiss_flicker',
        'export.hiss_stereo',
      ],
      expected: (settings) => [
        ...expectedLoops(settings, DETECTED),
        ...numbered('hiss_flicker', { certain: 0, most: settings.hiss.flicker_count }),
      ],
      longestSec: (settings) =>
        Math.max(settings.hiss.loop_duration_sec, settings.hiss.flicker_max_ms / 1000),
      usesSeed: 'always',
      lengthSetting: ['hiss', 'loop_duration_sec'],
      load: async () => (await import('./make.ts')).makeHiss,
    },
    {
      id: 'synthetic-hiss',
      input: 'nothing',
      phase: null,
      standsInFor: 'hiss',
      isWanted: (settings) => settings.hiss.use_synthetic_noise && settings.hiss.hiss_loops_per_source > 0,
      reads: [...FINISHING_AND_MUSIC, 'hiss', 'naming.hiss_loop', 'export.hiss_stereo'],
      expected: (settings) => expectedLoops(settings, 'synthetic'),
      longestSec: (settings) => settings.hiss.loop_duration_sec,
      usesSeed: 'always',
      lengthSetting: ['hiss', 'loop_duration_sec'],
      load: async () => {
        const { makeSyntheticHiss } = await import('./make.ts');
        return (settings, randomFor) =>
          makeSyntheticHiss(settings.global.sample_rate, CHANNELS, settings, randomFor);
      },
    },
  ],
} as const satisfies FamilyDefinition<HissSettings, HissReason>;

/** Of hiss that no source lends its image. */
const CHANNELS = 2;

function expectedLoops(settings: HissSettings, variant: string) {
  const { certain, most } = lengthCount(1, settings.musicality);
  const each = settings.hiss.hiss_loops_per_source;
  return numbered('hiss_loop', { certain: certain * each, most: most * each }, variant);
}
