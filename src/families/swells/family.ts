import type { FamilyDefinition } from '../family.ts';
import { varied } from '../shared/expected.ts';
import { EXCERPTS, FINISHING_AND_MUSIC, STABILITY } from '../shared/reads.ts';
import { SWELLS_STEREO } from '../shared/swells-stereo.ts';
import { LEAST_HELD_SEC, MAKE_DRONES } from '../shared/tonal-phase.ts';
import type { TonalSettings } from '../shared/tonal-settings.ts';
import { mostStretch, transforms } from '../shared/transforms.ts';

/** One-shots that rise from nothing and fall back to it. */
export const swells = {
  id: 'swell',
  folder: 'swells',
  singular: 'swell',
  plural: 'swells',
  colour: { dark: '#a98abd', light: '#7d5a97' },
  loops: false,
  pitch: 'tones',
  sections: {},
  naming: { swell: { of: 'a swell', pattern: '{source}_swell{index:02}' } },
  channels: SWELLS_STEREO,
  kitPrefix: 'SW',
  instrument: {
    part: { id: 'swells', layout: 'roots', attackSec: 0.005, releaseSec: 0.4, category: 'Pad' },
  },
  skipWords: {},
  makers: [
    {
      id: 'swells',
      input: 'source',
      phase: MAKE_DRONES,
      leastSec: LEAST_HELD_SEC,
      reads: [
        ...FINISHING_AND_MUSIC,
        ...STABILITY,
        ...EXCERPTS,
        'drones.fade_in_sec',
        'drones.fade_out_sec',
        'naming.swell',
        'export.swells_stereo',
      ],
      expected: ({ drones }) => {
        const changes = transforms(drones);
        const isReversed = drones.enable_reversal && changes.some(({ name }) => name === '');
        const variants = changes.flatMap(({ name }) =>
          name === '' && isReversed ? ['', 'reversed'] : [name],
        );
        return varied('swell', variants, () => true);
      },
      longestSec: ({ drones }) => drones.swell_duration_sec,
      mostStretch,
      usesSeed: 'sometimes',
      lengthSetting: ['drones', 'swell_duration_sec'],
      load: async () => (await import('./make.ts')).makeSwells,
    },
  ],
} as const satisfies FamilyDefinition<TonalSettings>;
