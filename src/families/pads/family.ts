import { flag } from '../../settings/fields.ts';
import { renamedKey } from '../../settings/old-keys.ts';
import type { FamilyDefinition, PhaseDefinition } from '../family.ts';
import { lengthCount, numbered, varied } from '../shared/expected.ts';
import { EXCERPTS, FAULTS, FINISHING_AND_MUSIC, STABILITY } from '../shared/reads.ts';
import { LEAST_HELD_SEC, MAKE_DRONES } from '../shared/tonal-phase.ts';
import { mostStretch, transforms } from '../shared/transforms.ts';
import type { PadReason } from './make.ts';
import type { PadLoopReason } from './pad-loops.ts';
import { type PadLoopSettings, padMiner } from './settings.ts';
import { PAD_WORDS } from './words.ts';

const MINE_PADS: PhaseDefinition<PadLoopSettings> = {
  id: 'mine-pads',
  title: 'pads',
  help: 'loops from the still moments of the songs in source_audio/',
  folders: () => ['source_audio_dir'],
  isPartOfAll: true,
  suits: ['song'],
};

/** Held moments as loops: mined from songs, and made of chosen material in several colours, pitches and speeds. */
export const pads = {
  id: 'pad',
  folder: 'pads',
  singular: 'pad',
  plural: 'pads',
  colour: { dark: '#86a883', light: '#55785a' },
  loops: true,
  pitch: 'tones',
  sections: { pad_miner: padMiner },
  oldKeys: [
    renamedKey('pad_miner', 'target_duration_sec', 'target_durations_sec'),
    renamedKey('pad_miner', 'crossfade_ms', 'loop_crossfade_ms'),
  ],
  naming: {
    pad: { of: 'a mined pad', pattern: '{source}_pad{index:02}_{brightness}' },
    pad_loop: { of: 'a pad loop made from pad_sources_dir', pattern: '{source}_pad_{variant}' },
  },
  channels: {
    key: 'pads_stereo',
    setting: flag('Pads from stereo sources stay stereo; false mixes them down.', true),
  },
  kitPrefix: 'PD',
  instrument: {
    part: { id: 'pads', layout: 'roots', attackSec: 0.02, releaseSec: 0.4, category: 'Pad' },
  },
  skipWords: PAD_WORDS,
  makers: [
    {
      id: 'pads',
      input: 'source',
      phase: MINE_PADS,
      reads: [
        ...FINISHING_AND_MUSIC,
        ...FAULTS,
        'pre_analysis.separate',
        'pad_miner',
        'naming.pad',
        'export.pads_stereo',
      ],
      expected: ({ pad_miner, musicality }) => {
        const { most } = lengthCount(pad_miner.target_durations_sec.length, musicality);
        return numbered('pad', { certain: 0, most: most * pad_miner.max_candidates_per_file });
      },
      longestSec: ({ pad_miner }) => Math.max(...pad_miner.target_durations_sec),
      lengthSetting: ['pad_miner', 'target_durations_sec'],
      load: async () => (await import('./make.ts')).makePads,
    },
    {
      id: 'pad-loops',
      input: 'source',
      phase: MAKE_DRONES,
      leastSec: LEAST_HELD_SEC,
      reads: [
        ...FINISHING_AND_MUSIC,
        ...STABILITY,
        ...EXCERPTS,
        'drones.pad_variants',
        'drones.warm_lowpass_hz',
        'drones.airy_highpass_hz',
        'drones.dark_high_cut_hz',
        'pad_miner.loop_crossfade_ms',
        'pad_miner.even_swell_db',
        'naming.pad_loop',
        'export.pads_stereo',
      ],
      expected: expectedLoops,
      longestSec: ({ drones }) => drones.pad_loop_duration_sec,
      mostStretch,
      usesSeed: 'sometimes',
      lengthSetting: ['drones', 'pad_loop_duration_sec'],
      load: async () => (await import('./pad-loops.ts')).makePadLoops,
    },
  ],
} as const satisfies FamilyDefinition<PadLoopSettings, PadReason | PadLoopReason>;

const REVERSED = 'reversed';

/** A colour is left out where the source holds nothing of it; backwards loops are made always. */
function expectedLoops({ drones, musicality }: PadLoopSettings) {
  const { snap_to_grid, reference_bpm, bar_lengths } = musicality;
  const bars = bar_lengths.map((count) => `${count}bar`);
  // Whether the lengths are bars or seconds is open where the tempo is still to be detected.
  const isSure = !snap_to_grid || reference_bpm !== 'detect';
  const onGrid = snap_to_grid && reference_bpm !== null ? bars : [];
  const lengths = [...(onGrid.length === 0 || !isSure ? [''] : []), ...onGrid];
  const colours = drones.enable_reversal ? [...drones.pad_variants, REVERSED] : drones.pad_variants;
  const variants = transforms(drones).flatMap(({ name }) =>
    lengths.flatMap((length) => colours.map((colour) => [colour, name, length].filter(Boolean).join('_'))),
  );
  return varied('pad_loop', variants, (variant) => isSure && variant.startsWith(REVERSED));
}
