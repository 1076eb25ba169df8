import { renamedKey } from '../../settings/old-keys.ts';
import type { FamilyDefinition } from '../family.ts';
import type { PadSettings } from '../pads/settings.ts';
import { FINISHING } from '../shared/reads.ts';
import type { TonalSettings } from '../shared/tonal-settings.ts';
import { mostStretch } from '../shared/transforms.ts';
import { type DustSettings, dust as section } from './settings.ts';

/** Hiss or room tone under a pad. */
export const dust = {
  id: 'dust',
  folder: 'dust',
  singular: 'dust',
  plural: 'dust',
  colour: { dark: '#d8d2c6', light: '#8d8578' },
  loops: true,
  pitch: 'tones',
  sections: { dust: section },
  oldKeys: [renamedKey('dust', 'dusts_per_pad', 'textures_per_pad')],
  naming: {
    dust: { of: 'a pad with hiss or room tone under it', pattern: '{source}_dust{index:02}_{variant}' },
  },
  kitPrefix: 'DU',
  instrument: { part: { id: 'dust', layout: 'roots', attackSec: 0.02, releaseSec: 0.4, category: 'Pad' } },
  skipWords: {},
  makers: [
    {
      id: 'dust',
      input: 'textures',
      phase: null,
      help: 'lay hiss and room tone under the pads that the export folder holds',
      above: 'pad',
      below: (settings) => settings.dust.beds,
      naming: 'dust',
      nothingBelow: 'dust.beds is empty; name hiss, silence, or both',
      each: (settings) => settings.dust.textures_per_pad,
      reads: [...FINISHING, 'dust.level_db', 'dust.textures_per_pad', 'naming.dust'],
      longestSec: ({ drones, pad_miner }) =>
        Math.max(drones.pad_loop_duration_sec, ...pad_miner.target_durations_sec),
      mostStretch,
      load: async () => {
        const { layDust } = await import('./mix.ts');
        return (above, below, settings) => layDust(above, below, settings.dust.level_db);
      },
    },
  ],
} as const satisfies FamilyDefinition<DustSettings & PadSettings & TonalSettings>;
