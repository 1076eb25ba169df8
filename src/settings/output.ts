import * as z from 'zod';
import { choice, flag, folder, number, whole } from './fields.ts';
import { parseNamePattern } from './name-pattern.ts';
import { section } from './section.ts';

/** The shape of every file that is written. */
export const global = section('What holds for every file that is written.', {
  sample_rate: whole('Sample rate of everything that is made, Hz.', 44_100, { min: 8000, max: 192_000 }),
  output_bit_depth: z.literal([16, 24]).default(24).meta({ description: 'Bits a sample; 16 is dithered.' }),
  target_peak_dbfs: number('True peak that no texture passes, dBFS.', -1.0, { min: -60, max: 0 }),
  normalization: choice(
    'Bring textures to the peak, or to a loudness (target_lufs) under that peak.',
    'peak',
    ['peak', 'loudness'],
  ),
  target_lufs: number('Loudness where normalization is loudness, LUFS.', -18, { min: -60, max: 0 }),
});

/** Where sounds are read and written. */
export const paths = section(
  'Where sounds are read and written; relative paths start at the folder of this file.',
  {
    source_audio_dir: folder('Finished songs and long recordings, mined for pads.', 'source_audio'),
    pad_sources_dir: folder('Hand-picked tonal material for drones, swells and clouds.', 'pad_sources'),
    drums_dir: folder('Percussive material: for hiss and flickers, and for drum hits.', 'drums'),
    export_dir: folder(
      'Where everything is written. Only long decoded sources lie elsewhere for a while: in a temporary file of the system, which goes when they are done.',
      'export/tr8s',
    ),
  },
);

const METADATA = ['none', 'smpl', 'full'] as const;

/** Channels and metadata of the files. */
export const exported = section(
  'Channels and metadata of the files. A mono source stays mono whatever is said here.',
  {
    pads_stereo: flag('Pads from stereo sources stay stereo; false mixes them down.', true),
    swells_stereo: flag('Swells and drones from stereo sources stay stereo; false mixes them down.', true),
    clouds_stereo: flag('Clouds stay stereo; false mixes them down.', true),
    hiss_stereo: flag('Hiss from stereo sources stays stereo; false mixes it down.', true),
    metadata: choice(
      'What the WAV carries beside the sound: nothing, loop points and root note (smpl), or these and the source (full).',
      'full',
      METADATA,
    ),
  },
);

function pattern(what: string, fallback: string) {
  return z
    .string()
    .superRefine((text, context) => {
      try {
        parseNamePattern(text);
      } catch (error) {
        context.addIssue({ code: 'custom', params: { must: (error as Error).message } });
      }
    })
    .meta({ title: 'a name pattern' })
    .default(fallback)
    .meta({ description: `Name of ${what}.` });
}

/** How the files are called. */
export const naming = section(
  'Names of the files, without .wav. Tokens: {source} {index} {variant} {brightness} {key} {root} {bpm} {kind} (of a drum hit); {index:02} pads with zeros; an empty token takes its separator with it.',
  {
    pad: pattern('a mined pad', '{source}_pad{index:02}_{brightness}'),
    pad_loop: pattern('a pad loop made from pad_sources_dir', '{source}_pad_{variant}'),
    swell: pattern('a swell', '{source}_swell{index:02}'),
    drone: pattern('a long drone', '{source}_drone{index:02}'),
    cloud: pattern('a cloud', 'cloud_{source}_{index:02}_{brightness}'),
    hiss_loop: pattern('a hiss loop', 'hiss_loop_{source}_{index:02}'),
    hiss_flicker: pattern('a flicker', 'hiss_flicker_{source}_{index:02}'),
    drum: pattern('a drum hit', '{source}_drum{index:03}'),
    silence: pattern('a loop of room tone', '{source}_silence{index:03}'),
    silence_grain: pattern('a short grain of room tone', '{source}_silence_grain{index:03}'),
    dust: pattern('a pad with hiss or room tone under it', '{source}_dust{index:02}_{variant}'),
  },
);

/** The dark, mid and bright tags. */
export const brightnessTags = section(
  'The tags dark, mid and bright, by spectral centroid, in names and manifest.',
  {
    enabled: flag('Tag textures.', true),
    centroid_low_hz: number('Below this a texture is dark, Hz.', 1500, { min: 20, max: 96_000 }),
    centroid_high_hz: number('Above this a texture is bright, Hz.', 3500, { min: 20, max: 96_000 }),
  },
  [['centroid_low_hz', 'centroid_high_hz', 'less']],
);
