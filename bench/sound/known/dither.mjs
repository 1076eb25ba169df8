/** 16-bit files: noise that does not depend on the music, at the level that TPDF dither has. */
import { ditherTo16Bit } from '../../../dist/dsp/dither.js';
import { Random } from '../../../dist/dsp/random.js';
import { bandPower } from '../band-power.mjs';
import { largest, mean, powerDb } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { partialNear, RATE, tones } from './signals.mjs';

const GROUP = 'known: 16 bits';
/** Triangular dither of two steps and rounding: three times the variance of rounding, 3·(1/12)·2^-30. */
const NOISE_DB = 10 * Math.log10(0.25) - 20 * Math.log10(32_768);

export function ditherLines() {
  const hz = 997;
  // A sine of 0.6 steps, which rounding alone would turn into pulses.
  const amplitude = 0.6 / 32_768;
  const quiet = tones([{ hz, amplitude }], 4 * RATE);
  const dithered = fromIntegers(ditherTo16Bit(quiet, new Random('bench', 'dither')));
  const again = fromIntegers(ditherTo16Bit(quiet, new Random('bench', 'dither')));
  const error = dithered.map((x, n) => x - quiet[n]);
  const noiseDb = powerDb(mean(error.map((x) => x * x * 2 ** 30))) - 10 * Math.log10(2 ** 30);
  const third = partialNear(dithered, 3 * hz).amplitude;
  return [
    line(GROUP, 'noise, off that of TPDF dither (-96.3 dB) by', Math.abs(noiseDb - NOISE_DB), {
      unit: 'dB',
      atMost: 0.1,
    }),
    line(
      GROUP,
      'a sine of 0.6 steps comes out at its level, error',
      Math.abs(20 * Math.log10(partialNear(dithered, hz).amplitude / amplitude)),
      { unit: 'dB', atMost: 0.2 },
    ),
    line(GROUP, 'the noise of eight equal bands, furthest from their mean', unevenness(error), {
      unit: 'dB',
      count: 8,
      atMost: 0.5,
    }),
    line(GROUP, 'its third harmonic', 20 * Math.log10(third / amplitude), { unit: 'dB', atMost: -30 }),
    line(GROUP, 'samples that differ with the same seed', dithered.filter((x, n) => x !== again[n]).length, {
      atMost: 0,
    }),
  ];
}

const fromIntegers = (integers) => Float32Array.from(integers, (integer) => integer / 32_768);

/** Dither without shaping is white. */
function unevenness(samples) {
  const width = RATE / 16;
  const powers = Array.from({ length: 8 }, (_, i) =>
    bandPower(samples, RATE, i * width + 100, (i + 1) * width - 100),
  );
  return largest(powers.map((power) => Math.abs(powerDb(power / mean(powers)))));
}
