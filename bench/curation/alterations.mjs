/** What makes a near-copy of a texture: the ways in which the same sound comes to lie in an archive twice. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../dist/dsp/random.js';
import { encodeWav } from '../../dist/formats/wav-writer.js';

/** Each takes a sound `{ sampleRate, channels }`, whether it loops, chance, and a folder for what is in between. */
export const ALTERATIONS = {
  gain: (sound, { random }) => scaled(sound, 10 ** (random.between(-12, -1) / 20)),
  // A loop begins elsewhere, or what plays once a moment later.
  shift: (sound, { loops, random }) =>
    loops
      ? rotated(sound, random.uniform())
      : delayed(sound, Math.round(random.between(0.002, 0.02) * sound.sampleRate)),
  // Cut by hand a little late: a loop no longer closes as it did.
  trim: (sound, { random }) => trimmed(sound, Math.round(random.between(0.002, 0.02) * sound.sampleRate)),
  '16 bit': (sound, { random }) => ({ ...scaled(sound, 10 ** (random.between(-24, -6) / 20)), bitDepth: 16 }),
  'mp3 128k': (sound, { folder }) => throughMp3(sound, folder),
  filter: (sound, { random }) => filtered(sound, random.pick(FILTERS)),
  'gain, shift, filter, mp3': (sound, tools) =>
    ['gain', 'shift', 'filter', 'mp3 128k'].reduce(
      (altered, name) => ALTERATIONS[name](altered, tools),
      sound,
    ),
};

/** Slight colourings: a turn of a tone control, a mastering low cut, the roof of an old tape. */
const FILTERS = [
  { kind: 'shelf', hertz: 5000, db: 2 },
  { kind: 'shelf', hertz: 5000, db: -2 },
  { kind: 'bell', hertz: 1000, db: 2 },
  { kind: 'bell', hertz: 400, db: -2 },
  { kind: 'highpass', hertz: 40 },
  { kind: 'lowpass', hertz: 14_000 },
];

/** The bytes of a sound as a WAV file, as an export holds it. */
export function wavBytes(sound) {
  return encodeWav(sound, {
    bitDepth: sound.bitDepth ?? 24,
    random: new Random('near-copy'),
  });
}

export function hasFfmpeg() {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function mapped(sound, change) {
  return { ...sound, channels: sound.channels.map(change) };
}

function scaled(sound, gain) {
  return mapped(sound, (channel) => channel.map((sample) => gain * sample));
}

function rotated(sound, share) {
  return mapped(sound, (channel) => {
    const by = Math.round(share * channel.length);
    const turned = new Float32Array(channel.length);
    turned.set(channel.subarray(by));
    turned.set(channel.subarray(0, by), channel.length - by);
    return turned;
  });
}

function delayed(sound, frames) {
  return mapped(sound, (channel) => {
    const late = new Float32Array(channel.length + frames);
    late.set(channel, frames);
    return late;
  });
}

function trimmed(sound, frames) {
  return mapped(sound, (channel) => channel.slice(Math.min(frames, channel.length >> 3)));
}

function throughMp3(sound, folder) {
  const [wav, mp3, raw] = ['mp3.wav', 'mp3.mp3', 'mp3.f32'].map((name) => join(folder, name));
  const { sampleRate, channels } = sound;
  writeFileSync(wav, wavBytes(sound));
  const ffmpeg = (...args) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  ffmpeg('-i', wav, '-b:a', '128k', mp3);
  ffmpeg('-i', mp3, '-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels.length), raw);
  const bytes = readFileSync(raw);
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  for (const path of [wav, mp3, raw]) rmSync(path);
  return {
    sampleRate,
    channels: channels.map((channel, c) =>
      Float32Array.from(
        { length: Math.min(channel.length, samples.length / channels.length) },
        (_, n) => samples[n * channels.length + c],
      ),
    ),
  };
}

/** One biquad (R. Bristow-Johnson, "Audio EQ cookbook"), Q 0.707. */
function filtered(sound, { kind, hertz, db = 0 }) {
  const { b, a } = biquad(kind, (2 * Math.PI * hertz) / sound.sampleRate, 10 ** (db / 40));
  return mapped(sound, (channel) => {
    const result = new Float32Array(channel.length);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (let n = 0; n < channel.length; n++) {
      const y = (b[0] * channel[n] + b[1] * x1 + b[2] * x2 - a[1] * y1 - a[2] * y2) / a[0];
      [x2, x1, y2, y1] = [x1, channel[n], y1, y];
      result[n] = y;
    }
    return result;
  });
}

function biquad(kind, omega, A) {
  const cos = Math.cos(omega);
  const alpha = Math.sin(omega) / Math.SQRT2;
  const root = 2 * Math.sqrt(A) * alpha;
  switch (kind) {
    case 'lowpass':
      return { b: [(1 - cos) / 2, 1 - cos, (1 - cos) / 2], a: [1 + alpha, -2 * cos, 1 - alpha] };
    case 'highpass':
      return { b: [(1 + cos) / 2, -1 - cos, (1 + cos) / 2], a: [1 + alpha, -2 * cos, 1 - alpha] };
    case 'bell':
      return {
        b: [1 + alpha * A, -2 * cos, 1 - alpha * A],
        a: [1 + alpha / A, -2 * cos, 1 - alpha / A],
      };
    default:
      return {
        b: [
          A * (A + 1 + (A - 1) * cos + root),
          -2 * A * (A - 1 + (A + 1) * cos),
          A * (A + 1 + (A - 1) * cos - root),
        ],
        a: [A + 1 - (A - 1) * cos + root, 2 * (A - 1 - (A + 1) * cos), A + 1 - (A - 1) * cos - root],
      };
  }
}
