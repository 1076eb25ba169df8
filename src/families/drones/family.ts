import { type FamilyDefinition, LONG_LOOP } from '../family.ts';
import { varied } from '../shared/expected.ts';
import { FINISHING_AND_MUSIC, STABILITY } from '../shared/reads.ts';
import { SWELLS_STEREO } from '../shared/swells-stereo.ts';
import { LEAST_HELD_SEC, MAKE_DRONES } from '../shared/tonal-phase.ts';
import { drones as section, type TonalSettings } from '../shared/tonal-settings.ts';

/** Long rings that never settle. */
export const drones = {
  id: 'drone',
  folder: 'drones',
  singular: 'drone',
  plural: 'drones',
  colour: { dark: '#7596b5', light: '#44698c' },
  loops: true,
  pitch: 'tones',
  sections: { drones: section },
  naming: { drone: { of: 'a long drone', pattern: '{source}_drone{index:02}' } },
  channels: SWELLS_STEREO,
  leastLoop: LONG_LOOP,
  kitPrefix: 'DR',
  instrument: {
    part: { id: 'drones', layout: 'roots', attackSec: 0.5, releaseSec: 1.5, category: 'Drone' },
  },
  skipWords: {},
  makers: [
    {
      id: 'drones',
      input: 'source',
      phase: MAKE_DRONES,
      leastSec: LEAST_HELD_SEC,
      reads: [
        ...FINISHING_AND_MUSIC,
        ...STABILITY,
        'drones.drone_duration_sec',
        'naming.drone',
        'export.swells_stereo',
      ],
      expected: (settings) =>
        settings.drones.drone_duration_sec > 0 ? varied('drone', [''], () => true) : [],
      longestSec: (settings) => settings.drones.drone_duration_sec,
      usesSeed: 'always',
      lengthSetting: ['drones', 'drone_duration_sec'],
      load: async () => (await import('./make.ts')).makeDrones,
    },
  ],
} as const satisfies FamilyDefinition<TonalSettings>;
