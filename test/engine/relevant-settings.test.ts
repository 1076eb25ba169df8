import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import type { Settings } from '../../src/config/settings.ts';
import { excavate } from '../../src/engine/excavate.ts';
import type { Layers } from '../../src/engine/layers.ts';
import { relevantSettings } from '../../src/engine/relevant-settings.ts';
import type { MakerId } from '../../src/families/family.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { makersOf } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { beat, chords, wav } from '../end-to-end/afterglow.ts';
import { mono, noise } from '../signals.ts';

/** Key and digest are built from all that is listed; here it shall be watched what else is read. */
vi.mock('../../src/engine/unit-key.ts', () => ({
  unitKeys: () => () => 'key',
  engineId: () => 'engine',
}));
vi.mock('../../src/engine/settings-record.ts', () => ({ settingsDigest: () => 'digest' }));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterglow-settings-'));
  await writeFile(join(folder, 'tonal.wav'), wav(chords([57], 2.6, 44_100)));
  await writeFile(join(folder, 'drums.wav'), wav(beat(1, 44_100)));
  await writeFile(join(folder, 'room.wav'), wav(mono(noise(66_150, 0.002))));
});
afterAll(() => rm(folder, { recursive: true }));

/** Configs that between them lead down the branches on which settings are read. */
const CONFIGS = [
  '',
  'global: { normalization: loudness }\nmusicality: { target_key: F# minor }',
  'musicality: { snap_to_grid: true, reference_bpm: 240, bar_lengths: [1] }\nexport: { pads_stereo: false, swells_stereo: false, clouds_stereo: false, hiss_stereo: false }',
  'pre_analysis: { separate: harmonic }\ncuration: { auto_delete_grade_f: true }\nbrightness_tags: { enabled: false }',
  'pre_analysis: { enabled: false }\nroom_tone: { keep_grains: true }\ncuration: { thresholds: { min_rms_db: -1 } }',
];

/** All that there is, and as little of each as leads down every branch: it is made fifty times. */
const SHORT_CONFIG = `
pad_miner: { target_durations_sec: [0.8], max_candidates_per_file: 1 }
drones:
  pad_loop_duration_sec: 0.8
  pad_variants: [warm, airy, dark]
  swell_duration_sec: 1
  pitch_shift_semitones: [0, 7]
  time_stretch_factors: [1.0]
  drone_duration_sec: 2
beds:
  duration_sec: 4
  shortest_stretch_sec: 1
  longest_stretch_sec: 2
  shortest_overlap_sec: 0.2
  longest_overlap_sec: 0.5
clouds: { clouds_per_source: 1, cloud_duration_sec: 1, grains_per_cloud: 20 }
hiss: { hiss_loops_per_source: 1, flicker_count: 1 }
`;

const FILES: Readonly<Record<MakerId, string>> = {
  hiss: 'drums.wav',
  drums: 'drums.wav',
  silences: 'room.wav',
};

const WITHOUT_SOURCE: ReadonlySet<MakerId> = new Set(['synthetic-hiss', 'dust']);

/** A sound over another. */
function layers(): Layers {
  const layer = (path: string) => ({ path, file: join(folder, path), sha256: path });
  const origin = { startSec: 0, endSec: 1 };
  const pad = { ...layer('tonal.wav'), variant: '', origin, stability: null };
  return { sha256: 'both', above: [pad], below: [layer('drums.wav')] };
}

const MAKERS = makersOf<Settings>(FAMILIES);

/** The settings read while a making is run on real material: `section.key` for each. */
async function settingsRead(making: MakerId, config: string): Promise<Set<string>> {
  const { settings } = parseConfig(`${SHORT_CONFIG}\n${config}`, 'config.yaml');
  const read = new Set<string>();
  const watched = new Proxy(settings, {
    get: (target, section) => {
      const values = Reflect.get(target, section) as object;
      if (typeof section !== 'string' || typeof values !== 'object') return values;
      return new Proxy(values, {
        get: (section_, key) => {
          if (typeof key === 'string') read.add(`${section}.${key}`);
          return Reflect.get(section_, key);
        },
      });
    },
  });
  const exportFolder = join(folder, 'export');
  await mkdir(exportFolder, { recursive: true });
  const file = FILES[making] ?? 'tonal.wav';
  const path = WITHOUT_SOURCE.has(making) ? null : join(folder, file);
  const failures: unknown[] = [];
  let made = 0;
  await excavate(
    nodePlatform,
    {
      task: {
        ...{ path, source: file, origin: file, name: 'x', bytes: 1, seed: 1 },
        ...{ makers: [making], settings: watched as Settings },
        ...(making === 'dust' ? { layers: layers() } : {}),
      },
      location: { exportFolder, exportRoot: null },
    },
    (event) => {
      if (event.kind === 'source-failed') failures.push(event);
      if (event.kind === 'texture-made') made++;
    },
    () => false,
  );
  expect(failures).toEqual([]);
  expect(made).toBeGreaterThan(0);
  return read;
}

describe.each(MAKERS)('the settings relevant to $id', ({ id: making, reads }) => {
  const listed = new Set<string>(reads);
  const covers = (name: string) => listed.has(name) || listed.has(name.split('.')[0]);
  const read = new Set<string>();

  it.each(CONFIGS)('are all that it reads, finishing and writing included, under %j', async (config) => {
    const now = await settingsRead(making, config);
    for (const name of now) read.add(name);
    expect([...now].filter((name) => !covers(name))).toEqual([]);
  });

  it('are read, every one of them', () => {
    const sections = new Set([...read].map((name) => name.split('.')[0]));
    expect([...listed].filter((name) => !read.has(name) && !sections.has(name))).toEqual([]);
  });

  it('are there', () => {
    const { settings } = parseConfig('', 'config.yaml');
    for (const [name, value] of relevantSettings(making, settings, FAMILIES)) {
      expect([name, value]).not.toEqual([name, undefined]);
    }
  });
});
