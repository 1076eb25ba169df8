/** The ways of stretching that are compared. Each takes a sound and says what CPU time it took, all threads. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../dist/dsp/random.js';
import { soundReader } from '../../dist/dsp/sound.js';
import { stretchRange } from '../../dist/dsp/stretch.js';
import { encodeWav } from '../../dist/formats/wav-writer.js';
import { openSource } from '../../dist/index.js';
import { signalsmith } from './signalsmith.mjs';

const workshop = mkdtempSync(join(tmpdir(), 'afterglow-stretch-'));
const INPUT = join(workshop, 'in.wav');
const OUTPUT = join(workshop, 'out.wav');

const rubberband =
  (...engine) =>
  ({ factor, semitones }) => ['rubberband', '-q', ...engine, `-t${factor}`, `-p${semitones}`, INPUT, OUTPUT];

/** Programs are given 24-bit files, so that none is judged by the rounding of 16. */
const PROGRAMS = [
  { name: 'Rubber Band R2', words: rubberband('--fast', '-c', '5') },
  { name: 'R2 for pads', words: rubberband('--fast', '-c', '0', '--centre-focus') },
  { name: 'Rubber Band R3', words: rubberband('--fine') },
  { name: 'R3 centre focus', words: rubberband('--fine', '--centre-focus') },
  {
    name: 'sox',
    words: ({ factor, semitones }) => [
      ...['sox', '-D', INPUT, OUTPUT],
      ...(semitones === 0 ? ['tempo', '-m', String(1 / factor)] : ['pitch', String(100 * semitones)]),
    ],
  },
];

/** @returns {Promise<{ name: string, run: Function }[]>} the engine first, then what is installed */
export async function installedMethods() {
  const installed = PROGRAMS.filter(({ words }) => {
    const [program] = words({ factor: 1, semitones: 0 });
    return spawnSync(program, ['--version']).error === undefined;
  });
  // What is compiled when it is first asked for, no later run should pay for.
  const silence = { sampleRate: 44_100, channels: [new Float32Array(44_100)] };
  for (const method of HERE) await method.run(silence, { factor: 2, semitones: 0 });
  return [
    ...HERE,
    ...installed.map(({ name, words }) => ({ name, run: (...given) => runProgram(words, ...given) })),
  ];
}

export function closeWorkshop() {
  rmSync(workshop, { recursive: true });
}

/** Methods that run in this process. */
const HERE = [
  ['afterglow', engine],
  ['Signalsmith', (sound, task) => withWindows(sound, task, { block: 0.12, interval: 0.03 })],
  ['Signalsmith, long windows', (sound, task) => withWindows(sound, task, { block: 0.24, interval: 0.04 })],
].map(([name, stretched]) => ({ name, run: (sound, task) => timed(() => stretched(sound, task)) }));

async function timed(work) {
  const before = process.cpuUsage();
  const sound = await work();
  const { user, system } = process.cpuUsage(before);
  return { sound, cpuSec: (user + system) / 1e6 };
}

function engine(sound, { factor, semitones }) {
  const reader = soundReader(sound);
  return stretchRange(reader, 0, reader.frameCount, { factor, semitones });
}

async function withWindows({ sampleRate, channels }, task, windows) {
  return { sampleRate, channels: await signalsmith(channels, sampleRate, task, windows) };
}

async function runProgram(words, sound, task) {
  writeFileSync(INPUT, encodeWav(sound, { bitDepth: 24, random: new Random('bench') }));
  const timing = ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null', 'bash', ...words(task)];
  const { status, stderr } = spawnSync('bash', timing, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words(task).join(' ')} failed: ${stderr}`);
  const [user, system] = stderr.trim().split(/\s+/).map(Number);
  const source = await openSource(OUTPUT);
  try {
    return { sound: await source.read(0, source.frameCount), cpuSec: user + system };
  } finally {
    await source.close();
  }
}
