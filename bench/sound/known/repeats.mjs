/** Two runs with one seed, with one worker and with two, write the same bytes; another seed does not. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wavHeader16 } from '../../wav-header.mjs';
import { line } from '../verdicts.mjs';
import { chord, RATE, whiteNoise } from './signals.mjs';

const PROGRAM = fileURLToPath(new URL('../../../bin/afterglow.js', import.meta.url));
const GROUP = 'known: two runs';
const CONFIG = `
pad_miner: { target_durations_sec: [1], max_candidates_per_file: 2 }
drones: { pad_loop_duration_sec: 1, swell_duration_sec: 2, drone_duration_sec: 2, pitch_shift_semitones: [0, 7], time_stretch_factors: [1, 1.5] }
clouds: { cloud_duration_sec: 2 }
`;

export async function repeatLines() {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-bench-'));
  try {
    makeProject(folder);
    const first = run(folder, 'one', ['--seed', '5', '--jobs', '1']);
    const again = run(folder, 'two', ['--seed', '5', '--jobs', '2']);
    const other = run(folder, 'three', ['--seed', '6', '--jobs', '2']);
    const differs = (export1, export2) =>
      [...export1].filter(([path, bytes]) => !export2.get(path)?.equals(bytes)).length;
    return [
      line(
        GROUP,
        'files (manifest too) that differ with one seed',
        differs(first, again) + Math.abs(first.size - again.size),
        {
          count: first.size,
          atMost: 0,
        },
      ),
      line(GROUP, 'files that differ with another seed', differs(first, other), {
        count: first.size,
        atLeast: 1,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeProject(folder) {
  const frames = 6 * RATE;
  const sources = {
    'source_audio/song.wav': chord([45, 52, 60], frames),
    'pad_sources/pad.wav': chord([48, 55], frames),
    'drums/noise.wav': whiteNoise(RATE, 0.2, 'repeat').map((x, n) => x * Math.exp(-(n % 11_025) / 2000)),
  };
  writeFileSync(join(folder, 'config.yaml'), CONFIG);
  for (const [path, samples] of Object.entries(sources)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), wav16(samples));
  }
}

/** All files of a run by their path in the export folder; but for the hidden ones, which know when they were made. */
function run(folder, name, flags) {
  writeFileSync(join(folder, `${name}.yaml`), `${CONFIG}paths: { export_dir: ${name} }\n`);
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, 'all', '--config', `${name}.yaml`, '--quiet', ...flags],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`afterglow ended with ${status}: ${stderr}`);
  const paths = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  return new Map(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(join(folder, name).length), readFileSync(path)];
    }),
  );
}

/** Mono, 16 bits. */
function wav16(samples) {
  const bytes = Buffer.concat([wavHeader16(samples.length, 1, RATE), Buffer.alloc(2 * samples.length)]);
  for (const [n, x] of samples.entries()) {
    bytes.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, x))), 44 + 2 * n);
  }
  return bytes;
}
