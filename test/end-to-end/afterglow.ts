/** Runs the built program on small archives, as a user does. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../../src/dsp/random.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { madeOnce } from '../made-once.ts';
import { filled } from '../signals.ts';

export const PROGRAM = fileURLToPath(new URL('../../bin/afterglow.js', import.meta.url));

/** By convention the user who owns nothing. */
const NOBODY = 65_534;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly folder: string;
  readonly env?: Record<string, string>;
  /** Run as a user who is not allowed everything, also where the tests run as root. */
  readonly unprivileged?: boolean;
  /** Killed (SIGKILL) if it still runs then. */
  readonly killAfterMs?: number;
  /** Called with everything said on stderr so far, whenever there is more. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** `afterglow …args` in a folder, as it is built (see `build.ts`). */
export function afterglow(args: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const { folder, env, unprivileged, killAfterMs, onStderr } = surroundings;
  const user = unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, ...user };
    const child = spawn(process.execPath, [PROGRAM, ...args], options);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      onStderr?.(stderr, (signal) => child.kill(signal));
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout, stderr });
    });
  });
}

/** An empty folder in which every user may write. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-'));
  await chmod(folder, 0o777);
  return folder;
}

export async function put(folder: string, path: string | Buffer, bytes: Uint8Array | string): Promise<void> {
  const target = Buffer.isBuffer(path)
    ? Buffer.concat([Buffer.from(`${folder}/`), path])
    : join(folder, path);
  await mkdir(dirname(target.toString()), { recursive: true });
  await writeFile(target, bytes);
}

/** A project with a little of everything: a song that holds two chords, a tonal source, a beat. */
export async function smallArchive(): Promise<string> {
  return copyOf(await madeOnce('small archive', putSmallArchive));
}

/** The same after `afterglow all`. @returns a copy, to be changed, and what that run said */
export async function minedArchive(): Promise<{ readonly folder: string; readonly outcome: Outcome }> {
  const made = await madeOnce('mined archive', async (folder) => {
    await putSmallArchive(join(folder, 'project'));
    const outcome = await afterglow(['all', '--jobs', '2'], { folder: join(folder, 'project') });
    await put(folder, 'outcome.json', JSON.stringify(outcome));
  });
  return {
    folder: await copyOf(join(made, 'project')),
    outcome: JSON.parse(await readFile(join(made, 'outcome.json'), 'utf8')),
  };
}

async function putSmallArchive(folder: string): Promise<void> {
  await put(folder, 'config.yaml', SMALL_CONFIG);
  await put(folder, 'source_audio/song.wav', wav(chords([57, 55], 3, 22_050), 24));
  await put(folder, 'pad_sources/choir.wav', wav(chords([60], 3, 24_000), 16));
  await put(folder, 'drums/beat.wav', wav(beat(2, 22_050), 16));
}

/** With its times, by which a run knows what it has read. */
async function copyOf(made: string): Promise<string> {
  const folder = await emptyFolder();
  await cp(made, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Few and short textures at a low rate, so that a run takes a second or two. */
export const SMALL_CONFIG = `
global: { sample_rate: 24000 }
pad_miner: { target_durations_sec: [1.0], max_candidates_per_file: 2 }
drones:
  pad_loop_duration_sec: 1.0
  pad_variants: [warm]
  swell_duration_sec: 1.5
  pitch_shift_semitones: [0, 7]
  time_stretch_factors: [1.0]
  drone_duration_sec: 3
clouds: { clouds_per_source: 1, cloud_duration_sec: 1.5, grains_per_cloud: 40 }
beds: { duration_sec: 4 }
hiss: { hiss_loops_per_source: 1, flicker_count: 2 }
reproducibility: { random_seed: 3 }
`;

export function wav(sound: Sound, bitDepth: 16 | 24 = 24): Uint8Array {
  return encodeWav(sound, {
    bitDepth,
    random: new Random('test'),
  });
}

/** Major triads on the given MIDI notes, one after the other, each held: stereo, slowly beating, rich in partials. */
export function chords(roots: readonly number[], secondsEach: number, sampleRate: number): Sound {
  const frames = Math.round(secondsEach * sampleRate);
  const channels = [0, 1].map(() => new Float32Array(frames * roots.length));
  roots.forEach((root, place) => {
    for (const interval of [0, 4, 7]) {
      for (const [side, channel] of channels.entries()) {
        const pitch = 440 * 2 ** ((root + interval - 69) / 12) * (side === 0 ? 0.9995 : 1.0005);
        for (let i = 0; i < frames; i++) {
          const time = i / sampleRate;
          const edge = Math.min(1, (20 * Math.min(i, frames - i)) / sampleRate);
          for (let partial = 1; partial <= 5; partial++) {
            channel[place * frames + i] +=
              (edge * 0.06 * Math.sin(2 * Math.PI * pitch * partial * time + partial * interval)) / partial;
          }
        }
      }
    }
  });
  return { sampleRate, channels };
}

/** Noise bursts, four a second, mono. */
export function beat(seconds: number, sampleRate: number): Sound {
  const random = new Random('beat');
  const samples = filled(Math.round(seconds * sampleRate), (i) => {
    const sinceHit = (i / sampleRate) % 0.25;
    return 0.7 * random.between(-1, 1) * Math.exp(-sinceHit * 25);
  });
  return { sampleRate, channels: [samples] };
}

const REMEMBERED = ['.afterglow-cache.jsonl', '.afterglow-impressions', '.afterglow-steps.json'];

/**
 * Every file under a folder, as shown path → SHA-256. What the export folder remembers is left out: it knows times.
 */
export async function digests(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || REMEMBERED.includes(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length + 1)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}
