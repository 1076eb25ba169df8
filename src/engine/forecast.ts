/** What a plan will write, told without listening: every file by name, or an upper bound. */
import type { Settings } from '../config/settings.ts';
import { textureName } from '../curation/name.ts';
import { transforms } from '../families/shared/excerpts.ts';
import type { Family, NamingKey } from '../families/texture.ts';
import type { DustLayers } from './dust.ts';
import { FAMILY_FOLDERS } from './family-folders.ts';
import type { Making } from './phases.ts';
import type { Plan, Task } from './task.ts';

/** A file that a run will write, or may. */
export interface ForecastFile {
  /** Under the export folder, with slashes; `*` stands for what only listening tells. */
  readonly path: string;
  /** False where listening decides whether there is such a file. */
  readonly certain: boolean;
  /** Which parts of the name `*` stands for. */
  readonly heard: readonly string[];
  /** How many files there may be by that name: more than one where their number is heard. */
  readonly most: number;
}

/** A texture that a maker may make. */
export interface Prospect {
  readonly family: Family;
  readonly naming: NamingKey;
  /** Null where there are as many as are heard, up to `most`. */
  readonly index: number | null;
  readonly most?: number;
  readonly variant: string;
  readonly certain: boolean;
}

/** The files of a plan, by source and then by family. A source that fails, or is silent, gives none of its files. */
export function forecast(plan: Plan): ForecastFile[] {
  return plan.tasks
    .toSorted((a, b) => (a.source < b.source ? -1 : 1))
    .flatMap((task) =>
      task.makings.flatMap((making) =>
        PROSPECTS[making](task.settings, task.layers).map((prospect) => fileOf(prospect, task)),
      ),
    );
}

/** The textures that a making of one source may give. */
export function prospectsOf(making: Making, settings: Settings): readonly Prospect[] {
  return PROSPECTS[making](settings);
}

/** Stands in a name for what is heard, until it becomes `*`, which names may not hold. */
const HEARD = '⁂';

function fileOf({ family, naming, index, variant, certain, most = 1 }: Prospect, task: Task): ForecastFile {
  const pattern = task.settings.naming[naming];
  const brightness = task.settings.brightness_tags.enabled ? HEARD : '';
  const kind = family === 'drum' ? HEARD : '';
  const tokens = { index: index ?? HEARD, variant, brightness, key: HEARD, root: HEARD, bpm: HEARD, kind };
  const name = textureName(pattern, { source: task.name, ...tokens });
  const heard = Object.entries(tokens)
    .filter(([token, text]) => text === HEARD && new RegExp(`\\{${token}[:}]`).test(pattern))
    .map(([token]) => token);
  const path = `${task.name}/${FAMILY_FOLDERS[family]}/${name}.wav`;
  return { path: path.replaceAll(HEARD, '*'), certain, heard, most };
}

const REVERSED = 'reversed';

const PROSPECTS: Record<Making, (settings: Settings, layers?: DustLayers) => Prospect[]> = {
  pads: ({ pad_miner, musicality }) => {
    const { most } = lengthCount(pad_miner.target_durations_sec.length, musicality);
    return numbered('pad', 'pad', { certain: 0, most: most * pad_miner.max_candidates_per_file });
  },
  'pad-loops': padLoops,
  swells: ({ drones }) => {
    const changes = transforms(drones);
    const isReversed = drones.enable_reversal && changes.some(({ name }) => name === '');
    const variants = changes.flatMap(({ name }) => (name === '' && isReversed ? ['', 'reversed'] : [name]));
    return varied('swell', 'swell', variants, () => true);
  },
  drones: ({ drones }) => (drones.drone_duration_sec > 0 ? varied('drone', 'drone', [''], () => true) : []),
  clouds: ({ clouds, musicality }) => {
    const { certain, most } = lengthCount(1, musicality);
    const each = clouds.clouds_per_source;
    return numbered('cloud', 'cloud', { certain: certain * each, most: most * each });
  },
  hiss: (settings) => [
    ...hissLoops(settings, HEARD),
    ...numbered('hiss', 'hiss_flicker', { certain: 0, most: settings.hiss.flicker_count }),
  ],
  'synthetic-hiss': (settings) => hissLoops(settings, 'synthetic'),
  drums: ({ drum_miner }) => asHeard('drum', 'drum', mostHits(drum_miner)),
  silences: ({ silence_miner, musicality }) => {
    const { most } = lengthCount(1, musicality);
    const { max_extracted, keep_grains } = silence_miner;
    return [
      ...asHeard('silence', 'silence', most * max_extracted),
      ...(keep_grains ? asHeard('silence', 'silence_grain', max_extracted) : []),
    ];
  },
  dust: ({ dust }, layers) => {
    const each = Math.min(dust.dusts_per_pad, layers?.beds.length ?? 0);
    const variants = layers?.pads.flatMap(({ variant }) => Array<string>(each).fill(variant)) ?? [];
    return varied('dust', 'dust', variants, () => true);
  },
};

function mostHits({ max_saved_per_file, max_hits_per_source }: Settings['drum_miner']): number {
  return max_hits_per_source === 'all'
    ? max_saved_per_file
    : Math.min(max_saved_per_file, max_hits_per_source);
}

/** A colour is left out where the source holds nothing of it; backwards loops are made always. */
function padLoops({ drones, musicality }: Settings): Prospect[] {
  const { snap_to_grid, reference_bpm, bar_lengths } = musicality;
  const bars = bar_lengths.map((count) => `${count}bar`);
  // Whether the lengths are bars or seconds is open where the tempo is still to be heard.
  const isSure = !snap_to_grid || reference_bpm !== 'detect';
  const onGrid = snap_to_grid && reference_bpm !== null ? bars : [];
  const lengths = [...(onGrid.length === 0 || !isSure ? [''] : []), ...onGrid];
  const colours = drones.enable_reversal ? [...drones.pad_variants, REVERSED] : drones.pad_variants;
  const variants = transforms(drones).flatMap(({ name }) =>
    lengths.flatMap((length) => colours.map((colour) => [colour, name, length].filter(Boolean).join('_'))),
  );
  return varied('pad', 'pad_loop', variants, (variant) => isSure && variant.startsWith(REVERSED));
}

function hissLoops({ hiss, musicality }: Settings, variant: string): Prospect[] {
  const { certain, most } = lengthCount(1, musicality);
  const each = hiss.hiss_loops_per_source;
  return numbered('hiss', 'hiss_loop', { certain: certain * each, most: most * each }, variant);
}

/** Some are made for certain, the rest of them if what is heard allows it. */
interface Count {
  readonly certain: number;
  readonly most: number;
}

/** How many lengths of loop are made: off the grid the family's own, on it the bar lengths, if a tempo is heard. */
function lengthCount(
  own: number,
  { snap_to_grid, bar_lengths, reference_bpm }: Settings['musicality'],
): Count {
  if (!snap_to_grid || reference_bpm === null) return { certain: own, most: own };
  const onGrid = bar_lengths.length;
  if (reference_bpm !== 'detect') return { certain: onGrid, most: onGrid };
  return { certain: Math.min(own, onGrid), most: Math.max(own, onGrid) };
}

/** Textures that differ in their variant. */
function varied(
  family: Family,
  naming: NamingKey,
  variants: readonly string[],
  isCertain: (variant: string) => boolean,
): Prospect[] {
  return variants.map((variant, i) => ({
    family,
    naming,
    index: i + 1,
    variant,
    certain: isCertain(variant),
  }));
}

/** As many as are heard: one name with its number open, rather than a list of what mostly never comes. */
function asHeard(family: Family, naming: NamingKey, most: number): Prospect[] {
  return most > 0 ? [{ family, naming, index: null, variant: '', certain: false, most }] : [];
}

/** Textures numbered from 1. */
function numbered(family: Family, naming: NamingKey, { certain, most }: Count, variant = ''): Prospect[] {
  return Array.from({ length: most }, (_, i) => ({
    ...{ family, naming, variant },
    ...{ index: i + 1, certain: i < certain },
  }));
}
