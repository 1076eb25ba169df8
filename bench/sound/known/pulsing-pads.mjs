/**
 * Held sounds under a steady pulse whose rate is known: pumps as a side-chained compressor makes them, tremolos, a
 * rotary cabinet, over detuned chords and noise.
 */
import { butterworthLowPass } from '../../../dist/dsp/butterworth.js';
import { filter } from '../../../dist/dsp/filter.js';
import { Random } from '../../../dist/dsp/random.js';
import { RATE } from './signals.mjs';

/** Gain over one period, 0 to 1 at `place` 0 to 1; `low` is its least. */
const SHAPES = {
  sine: (place) => 0.5 - 0.5 * Math.cos(2 * Math.PI * place),
  triangle: (place) => 1 - Math.abs(2 * place - 1),
  square: (place) => Math.min(1, Math.max(0, 10 * (0.3 - Math.abs(place - 0.5)) + 0.5)),
  pump: (place) => Math.min(1, place / 0.6) ** 1.5,
  sidechain: (place) => 1 - Math.exp(-4 * place),
  rotary: (place) => 0.5 - 0.5 * Math.cos(2 * Math.PI * place),
};
const RATES_HZ = [0.7, 0.93, 1.25, 1.5, 2, 2.1333, 2.7, 3.3, 4, 5.1, 6];
const DEPTHS_DB = [6, 8, 10, 12, 14];
const BODIES = ['chord', 'low chord', 'noise', 'chord in noise'];
/** Edges of the gain are rounded over this, s. */
const ROUNDED_SEC = 0.02;
const SECONDS = 20;

/** What is to be made: every shape at every rate, with depths and bodies in turn. */
export const PULSING = Object.keys(SHAPES).flatMap((shape, s) =>
  RATES_HZ.map((rateHz, r) => ({
    shape,
    rateHz,
    depthDb: DEPTHS_DB[(r + 2 * s) % DEPTHS_DB.length],
    body: BODIES[(r + s) % BODIES.length],
  })),
);

const pulsingName = ({ shape, rateHz, depthDb, body }) => `${shape} ${rateHz} Hz ${depthDb} dB ${body}`;

/** @returns two channels, {@link SECONDS} long, with slow fades at either end */
export function pulsingPad(kind) {
  const { shape, rateHz, depthDb, body } = kind;
  const frames = SECONDS * RATE;
  const low = 10 ** (-depthDb / 20);
  const gain = rounded(
    Float32Array.from(
      { length: frames },
      (_, n) => low + (1 - low) * SHAPES[shape](((n * rateHz) / RATE) % 1),
    ),
  );
  const sides = bodyOf(body, frames, pulsingName(kind));
  const moved = shape === 'rotary' ? sides.map((side, c) => rotating(side, rateHz, c)) : sides;
  const faded = moved.map((side) =>
    side.map((x, n) => x * gain[n] * Math.min(1, n / (2 * RATE), (frames - n) / (2 * RATE))),
  );
  const peak = Math.max(...faded.map((side) => side.reduce((most, x) => Math.max(most, Math.abs(x)), 0)));
  return faded.map((side) => side.map((x) => (0.6 * x) / peak));
}

/** Slow edges: a moving mean, forward over the samples. */
function rounded(gain) {
  const width = Math.round(ROUNDED_SEC * RATE);
  const result = new Float32Array(gain.length);
  let sum = 0;
  for (let n = 0; n < gain.length + (width >> 1); n++) {
    sum += (gain[n] ?? gain.at(-1)) - (n >= width ? gain[n - width] : 0);
    const at = n - (width >> 1);
    if (at >= 0) result[at] = sum / Math.min(n + 1, width);
  }
  return result;
}

function bodyOf(body, frames, seed) {
  if (body === 'noise') return [0, 1].map((c) => bed(frames, 1, seed, c));
  const root = body === 'low chord' ? 98 : 196;
  const sides = detunedChord(root, frames, seed);
  if (body !== 'chord in noise') return sides;
  return sides.map((side, c) => {
    const noise = bed(frames, 0.15, seed, c);
    return side.map((x, n) => x + noise[n]);
  });
}

function bed(frames, level, seed, side) {
  const random = new Random('bench', seed, side);
  const white = Float32Array.from({ length: frames }, () => level * random.gaussian());
  return filter([white], butterworthLowPass(2, 3000, RATE))[0];
}

/** Root, fifth, octave and tenth with five harmonics, the sides out of tune by up to 0.15 Hz either way. */
function detunedChord(root, frames, seed) {
  const random = new Random('bench', seed);
  const sides = [new Float32Array(frames), new Float32Array(frames)];
  for (const semitones of [0, 7, 12, 16]) {
    for (let harmonic = 1; harmonic <= 5; harmonic++) {
      const hz = root * 2 ** (semitones / 12) * harmonic;
      const detuned = random.between(-0.15, 0.15);
      for (const [c, side] of sides.entries()) {
        const step = (2 * Math.PI * (hz + (c === 0 ? detuned : -detuned))) / RATE;
        const phase = random.between(0, 2 * Math.PI);
        for (let n = 0; n < frames; n++) side[n] += (0.12 / harmonic) * Math.sin(step * n + phase);
      }
    }
  }
  return sides;
}

/** Brightness that goes round with the level, the other way round on the other side. */
function rotating(side, rateHz, channel) {
  const dull = filter([side], butterworthLowPass(1, 500, RATE))[0];
  return side.map((x, n) => {
    const bright = 0.5 + (channel === 0 ? 0.5 : -0.5) * Math.cos((2 * Math.PI * rateHz * n) / RATE);
    return bright * x + (1 - bright) * dull[n];
  });
}
