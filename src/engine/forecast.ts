/** What a plan will write, told without listening: every file by name, or an upper bound. */
import type { Settings } from '../config/settings.ts';
import { textureName } from '../curation/name.ts';
import type { Family, NamingKey } from '../textures/texture.ts';
import { FAMILY_FOLDERS } from './makers.ts';
import type { Making } from './phases.ts';
import type { Plan, Task } from './plan.ts';

/** A file that a run will write, or may. */
export interface ForecastFile {
  /** Under the export folder, with slashes; `*` stands for what only listening tells. */
  readonly path: string;
  /** False where listening decides whether there is such a file. */
  readonly certain: boolean;
  /** Which parts of the name `*` stands for. */
  readonly heard: readonly string[];
}

/** A texture that a maker may make. */
interface Prospect {
  readonly family: Family;
  readonly naming: NamingKey;
  readonly index: number;
  readonly variant: string;
  readonly certain: boolean;
}

/** The files of a plan, by source and then by family. A source that fails, or is silent, gives none of its files. */
export function forecast(plan: Plan): ForecastFile[] {
  return plan.tasks
    .toSorted((a, b) => (a.source < b.source ? -1 : 1))
    .flatMap((task) =>
      task.makings.flatMap((making) =>
        PROSPECTS[making](task.settings).map((prospect) => fileOf(prospect, task)),
      ),
    );
}

/** Stands in a name for what is heard, until it becomes `*`, which names may not hold. */
const HEARD = '⁂';

function fileOf({ family, naming, index, variant, certain }: Prospect, task: Task): ForecastFile {
  const pattern = task.settings.naming[naming];
  const heard = ['key', 'root', 'bpm'].filter((token) => pattern.includes(`{${token}}`));
  const isTagged = task.settings.brightness_tags.enabled;
  if (isTagged && pattern.includes('{brightness}')) heard.push('brightness');
  const name = textureName(pattern, {
    ...{ source: task.name, index, variant, key: HEARD, root: HEARD, bpm: HEARD },
    brightness: isTagged ? HEARD : '',
  });
  const path = `${task.name}/${FAMILY_FOLDERS[family]}/${name}.wav`;
  return { path: path.replaceAll(HEARD, '*'), certain, heard };
}

const PROSPECTS: Record<Making, (settings: Settings) => Prospect[]> = {
  pads: ({ pad_miner, musicality }) => {
    const lengths = mostLengths(pad_miner.target_durations_sec, musicality);
    return counted(lengths * pad_miner.max_candidates_per_file, 'pad', 'pad', false);
  },
  'pad-loops': () => [],
  swells: () => [],
  drones: () => [],
  clouds: ({ clouds }) => counted(clouds.clouds_per_source, 'cloud', 'cloud', true),
  hiss: ({ hiss }) => [
    ...counted(hiss.hiss_loops_per_source, 'hiss', 'hiss_loop', true),
    ...counted(hiss.flicker_count, 'hiss', 'hiss_flicker', false),
  ],
  'synthetic-hiss': ({ hiss }) => counted(hiss.hiss_loops_per_source, 'hiss', 'hiss_loop', true),
};

/** How many lengths of loop are made: on the grid as many as bar lengths, if a tempo is heard. */
function mostLengths(seconds: readonly number[], musicality: Settings['musicality']): number {
  const { snap_to_grid, bar_lengths, reference_bpm } = musicality;
  if (!snap_to_grid) return seconds.length;
  return reference_bpm === 'detect' ? Math.max(seconds.length, bar_lengths.length) : bar_lengths.length;
}

/** Textures numbered from 1. */
function counted(count: number, family: Family, naming: NamingKey, certain: boolean): Prospect[] {
  return Array.from({ length: count }, (_, i) => ({ family, naming, index: i + 1, variant: '', certain }));
}
