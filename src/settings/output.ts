import { HERTZ } from './bounds.ts';
import { choice, flag, folder, number, type Recipe, whole, type Zod } from './fields.ts';
import { parseNamePattern } from './name-pattern.ts';
import { section } from './section.ts';

/** The shape of every file that is written. */
export const global = section('What holds for every file that is written.', {
  sample_rate: whole('Sample rate of everything that is made, Hz.', 44_100, { min: 8000, max: 192_000 }),
  output_bit_depth: (zod: Zod) =>
    zod.literal([16, 24]).default(24).meta({ description: 'Bits a sample; 16 is dithered.' }),
  target_peak_dbfs: number('True peak that no texture passes, dBFS.', -1.0, { min: -60, max: 0 }),
  normalization: choice(
    'What levels are brought to: matched, loops to one loudness under the peak, and what plays once to the peak; peak, everything to the peak, as the Python program does; loudness, everything to one loudness under the peak.',
    'matched',
    ['matched', 'peak', 'loudness'],
  ),
  target_lufs: number(
    'Loudness where normalization is matched or loudness, LUFS. Where it is matched, a family whose own peak lies lower than target_peak_dbfs is softer by as much.',
    -18,
    { min: -60, max: 0 },
  ),
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

/** What the files carry beside the sound. Which families keep their channels is each family's own setting. */
export const metadata = choice(
  'What the WAV carries beside the sound: nothing, loop points and root note (smpl), or these and the source (full).',
  'full',
  METADATA,
);

/** The section `export`. @param channels a key for each setting of a family's channels */
export function exported<Channels extends Readonly<Record<string, Recipe>>>(channels: Channels) {
  return section('Channels and metadata of the files. A mono source stays mono whatever is said here.', {
    ...channels,
    metadata,
  });
}

/** A name pattern. @param what names whose it is: `a pad loop` */
function pattern(what: string, fallback: string) {
  return (zod: Zod) =>
    zod
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

/** How files of one kind are called. */
export interface NamePattern {
  /** Whose name it is, such as `a mined pad`. */
  readonly of: string;
  /** What they are called unless the config says otherwise; the tokens are those of `name-pattern.ts`. */
  readonly pattern: string;
}

/** The section `naming`: a pattern for each key. */
export function naming<Key extends string>(patterns: Readonly<Record<Key, NamePattern>>) {
  const shape = Object.fromEntries(
    Object.entries<NamePattern>(patterns).map(([key, { of, pattern: fallback }]) => [
      key,
      pattern(of, fallback),
    ]),
  ) as Record<Key, ReturnType<typeof pattern>>;
  return section(
    'Names of the files, without .wav. Tokens: {source} {index} {variant} {brightness} {key} {root} {bpm} {kind} (of a drum hit); {index:02} pads with zeros; an empty token takes its separator with it.',
    shape,
  );
}

/** The dark, mid and bright tags. */
export const brightnessTags = section(
  'The tags dark, mid and bright, by spectral centroid, in names and manifest.',
  {
    enabled: flag('Tag textures.', true),
    centroid_low_hz: number('Below this a texture is dark, Hz.', 1500, HERTZ),
    centroid_high_hz: number('Above this a texture is bright, Hz.', 3500, HERTZ),
  },
  [['centroid_low_hz', 'centroid_high_hz', 'less']],
);
