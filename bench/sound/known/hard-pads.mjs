/**
 * Held sounds that are hard to close: wide sides that have nothing in common, colours that evolve, filters that sweep
 * slowly, beating, noise. None repeats within its length.
 */
import { butterworthLowPass } from '../../../dist/dsp/butterworth.js';
import { filter } from '../../../dist/dsp/filter.js';
import { Random } from '../../../dist/dsp/random.js';
import { RATE } from './signals.mjs';

const SECONDS = 24;
const KINDS = ['evolving', 'wide', 'sweep', 'beating', 'noise', 'choir'];
const SEEDS = [1, 2, 3];

/** What is to be made. */
export const HARD = KINDS.flatMap((kind) => SEEDS.map((seed) => ({ kind, seed })));

/** @returns two channels, {@link SECONDS} long */
export function hardPad({ kind, seed }) {
  const frames = SECONDS * RATE;
  const random = new Random('bench', 'hard', kind, seed);
  const sides = MAKERS[kind](frames, random, [110, 146.8, 196][seed - 1]);
  const peak = Math.max(...sides.map((side) => side.reduce((most, x) => Math.max(most, Math.abs(x)), 0)));
  return sides.map((side) =>
    side.map((x, n) => (0.6 * x * Math.min(1, n / RATE, (frames - n) / RATE)) / peak),
  );
}

const CHORD = [0, 3, 7, 10, 14];

const MAKERS = {
  /** Harmonics whose levels wander, each at its own pace. */
  evolving: (frames, random, root) =>
    partials(frames, random, root, { harmonics: 10, detuneHz: 0.2, wander: 0.6, sides: 'near' }),
  /** Each side has phases, detunings and levels of its own. */
  wide: (frames, random, root) =>
    partials(frames, random, root, { harmonics: 8, detuneHz: 1.2, wander: 0.3, sides: 'unrelated' }),
  sweep: (frames, random, root) => {
    const sides = partials(frames, random, root, {
      harmonics: 16,
      detuneHz: 0.4,
      wander: 0.1,
      sides: 'unrelated',
    });
    return sides.map((side) => swept(side, random.between(0.05, 0.12), random.between(0, 6)));
  },
  beating: (frames, random, root) =>
    partials(frames, random, root, { harmonics: 6, detuneHz: 2.5, wander: 0, sides: 'near', voices: 3 }),
  noise: (frames, random, root) => {
    const sides = partials(frames, random, root, {
      harmonics: 4,
      detuneHz: 0.5,
      wander: 0.2,
      sides: 'unrelated',
    });
    return sides.map((side) => {
      const white = Float32Array.from({ length: frames }, () => 0.5 * random.gaussian());
      const noise = swept(filter([white], butterworthLowPass(2, 2500, RATE))[0], 0.07, random.between(0, 6));
      return side.map((x, n) => x + noise[n]);
    });
  },
  /** Many voices, each with a vibrato of its own. */
  choir: (frames, random, root) =>
    partials(frames, random, root, {
      harmonics: 8,
      detuneHz: 0.8,
      wander: 0.2,
      sides: 'unrelated',
      voices: 3,
      vibrato: 0.004,
    }),
};

/** @param sides `near`: the other side is the one a little out of tune; `unrelated`: it is drawn anew */
function partials(frames, random, root, options) {
  const { harmonics, detuneHz, wander, sides, voices = 1, vibrato = 0 } = options;
  const result = [new Float32Array(frames), new Float32Array(frames)];
  for (const semitones of CHORD) {
    for (let voice = 0; voice < voices; voice++) {
      for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
        const hz = root * 2 ** (semitones / 12) * harmonic;
        const draw = () => ({
          hz: hz + random.between(-detuneHz, detuneHz),
          phase: random.between(0, 2 * Math.PI),
          level: random.between(0.6, 1) / harmonic,
          paceHz: random.between(0.1, 0.5),
          pacePhase: random.between(0, 2 * Math.PI),
          vibratoHz: random.between(3.5, 6),
        });
        const one = draw();
        const other = sides === 'near' ? { ...one, hz: one.hz + random.between(-0.1, 0.1) } : draw();
        addPartial(result[0], one, wander, vibrato);
        addPartial(result[1], other, wander, vibrato);
      }
    }
  }
  return result;
}

function addPartial(side, { hz, phase, level, paceHz, pacePhase, vibratoHz }, wander, vibrato) {
  const step = (2 * Math.PI * hz) / RATE;
  const pace = (2 * Math.PI * paceHz) / RATE;
  const shake = (2 * Math.PI * vibratoHz) / RATE;
  const depth = (vibrato * hz) / vibratoHz;
  for (let n = 0; n < side.length; n++) {
    const swell = 1 - wander * (0.5 + 0.5 * Math.sin(pace * n + pacePhase));
    const bend = vibrato > 0 ? depth * Math.sin(shake * n + pacePhase) : 0;
    side[n] += level * swell * Math.sin(step * n + phase + bend);
  }
}

/** A low-pass of one pole twice, whose edge wanders over two octaves and a half. */
function swept(side, paceHz, phase) {
  const result = new Float32Array(side.length);
  let [one, two] = [0, 0];
  for (let n = 0; n < side.length; n++) {
    const edge = 900 * 2 ** (1.25 * Math.sin((2 * Math.PI * paceHz * n) / RATE + phase));
    const share = 1 - Math.exp((-2 * Math.PI * edge) / RATE);
    one += share * (side[n] - one);
    two += share * (one - two);
    result[n] = two;
  }
  return result;
}
