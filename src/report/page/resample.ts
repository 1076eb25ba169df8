/** Zero crossings of the sinc on either side; a Blackman window over 32 is flat to 0.8 of the Nyquist frequency. */
const CROSSINGS = 16;
/** Places between two samples that have weights of their own: the nearest errs by at most -56 dB, under a preview's noise. */
const PHASES = 1024;

/**
 * The same sound in another number of samples, by a windowed sinc.
 * @param length of the result; at least 1
 * @param isLoop the end is followed by the beginning, else by silence
 */
export function atLength(samples: Float32Array, length: number, isLoop: boolean): Float32Array {
  if (length === samples.length) return samples;
  const ratio = samples.length / length;
  const half = Math.ceil(CROSSINGS * Math.max(1, ratio));
  const weights = sincTable(half, Math.min(1, 1 / ratio));
  const around = surrounded(samples, half + 1, isLoop);
  const output = new Float32Array(length);
  const taps = 2 * half;
  for (let n = 0; n < length; n++) {
    const place = n * ratio;
    const before = Math.floor(place);
    const row = Math.round((place - before) * PHASES) * taps;
    const first = before + 2;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) sum += weights[row + tap] * around[first + tap];
    output[n] = sum;
  }
  return output;
}

/** Rows of 2·half weights; row p reads p/PHASES after the sample at tap half - 1. */
function sincTable(half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const table = new Float32Array((PHASES + 1) * taps);
  for (let phase = 0; phase <= PHASES; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - half + 1 - phase / PHASES;
      table[phase * taps + tap] = cutoff * sinc(cutoff * distance) * blackman(distance / half);
    }
  }
  return table;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x place in the window, -1 to 1 */
function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

/** With `reach` samples more on either side: of the loop gone round, or silence. */
function surrounded(samples: Float32Array, reach: number, isLoop: boolean): Float32Array {
  const { length } = samples;
  const around = new Float32Array(length + 2 * reach);
  around.set(samples, reach);
  if (!isLoop) return around;
  for (let n = 0; n < reach; n++) {
    around[reach - 1 - n] = samples[length - 1 - (n % length)];
    around[reach + length + n] = samples[n % length];
  }
  return around;
}
