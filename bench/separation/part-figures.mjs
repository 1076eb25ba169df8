/**
 * What is wrong with what lasts in a song, besides the chords that are wanted: is its air still there, do hits still
 * rise in it, does it warble? Written apart from the engine: only the transform is shared.
 */
import { largest, median, percentile } from '../sound/statistics.mjs';
import { powerSpectra } from './power-spectra.mjs';

const STEP_SEC = 0.01;
const AIR_HZ = [4000, 10_000];
/** The quietest tenth of a mix's moments is what it is like between its hits. */
const QUIET = 0.1;
/** Bands under the loudest by more than this count as silent, dB. */
const RANGE_DB = 60;
/** A hit is where the bands rise by more than this on the average, dB, and most within 30 ms. */
const HIT_DB = 3;
const BAND_COUNT = 40;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 15_000;
/** Where a fluctuating mask is heard as water, Hz. */
const WARBLE_HZ = [2, 8];

/**
 * @param mix, part channels of the same stretch
 * @returns airDb: the part's median level from 4 to 10 kHz over that of the mix's quietest moments;
 *   rise: of what the mix rises at its hits, the share that the part rises there; warbleDb: movement of the part's bands
 *   at 2 to 8 Hz, the median of those that are heard
 */
export function partFigures(mix, part, sampleRate) {
  const [ofMix, ofPart] = [mix, part].map((channels) => bandsOf(channels, sampleRate));
  const quiet = percentile(ofMix.air, QUIET);
  return {
    airDb: median(ofPart.air) - quiet,
    rise: riseAtHits(ofMix.bands, ofPart.bands),
    warbleDb: warble(ofPart.bands),
  };
}

/** Levels of bands, dB, frame by frame, and of the air. */
function bandsOf(channels, sampleRate) {
  const { frames, binHz } = powerSpectra(channels, sampleRate, STEP_SEC);
  const edges = melEdges().map((hz) => hz / binHz);
  const levels = frames.map((power) => {
    const bands = new Float64Array(BAND_COUNT);
    for (let band = 0; band < BAND_COUNT; band++) bands[band] = triangle(power, edges, band);
    return bands;
  });
  const loudest = largest(levels.map((bands) => largest(bands)));
  const air = frames.map((power) => {
    let sum = 1e-20;
    for (let bin = Math.ceil(AIR_HZ[0] / binHz); bin * binHz < AIR_HZ[1]; bin++) sum += power[bin];
    return 10 * Math.log10(sum);
  });
  return { bands: { levels, loudest }, air };
}

function melEdges() {
  const mel = (hz) => 2595 * Math.log10(1 + hz / 700);
  const [low, high] = [mel(LOWEST_HZ), mel(HIGHEST_HZ)];
  return Array.from({ length: BAND_COUNT + 2 }, (_, i) => {
    const at = low + ((high - low) * i) / (BAND_COUNT + 1);
    return 700 * (10 ** (at / 2595) - 1);
  });
}

function triangle(power, edges, band) {
  const [low, middle, high] = edges.slice(band, band + 3);
  let sum = 0;
  for (let bin = Math.ceil(low); bin < high; bin++) {
    sum += power[bin] * (bin < middle ? (bin - low) / (middle - low) : (high - bin) / (high - middle));
  }
  return sum;
}

/** How much the bands rise within two steps, on the average, against the strongest of each band and its neighbours. */
function rises({ levels }, floor) {
  const db = levels.map((bands) => bands.map((power) => 10 * Math.log10(power + floor)));
  return db.map((now, i) => {
    if (i < 2) return 0;
    const before = db[i - 2];
    let sum = 0;
    for (let b = 0; b < BAND_COUNT; b++) {
      const most = Math.max(before[Math.max(0, b - 1)], before[b], before[Math.min(BAND_COUNT - 1, b + 1)]);
      sum += Math.max(0, now[b] - most);
    }
    return sum / BAND_COUNT;
  });
}

function riseAtHits(mix, part) {
  const floor = mix.loudest / 10 ** (RANGE_DB / 10);
  const [ofMix, ofPart] = [rises(mix, floor), rises(part, floor)];
  let [mixSum, partSum] = [0, 0];
  for (let i = 3; i < ofMix.length - 3; i++) {
    if (ofMix[i] < HIT_DB || ofMix[i] < Math.max(...ofMix.slice(i - 3, i + 4))) continue;
    mixSum += ofMix[i];
    partSum += Math.max(...ofPart.slice(i - 2, i + 3));
  }
  return mixSum > 0 ? partSum / mixSum : 0;
}

function warble({ levels, loudest }) {
  const spreads = [];
  for (let band = 0; band < BAND_COUNT; band++) {
    const course = levels.map((bands) => bands[band]);
    const mean = course.reduce((sum, power) => sum + power, 0) / course.length;
    if (mean < loudest / 1e5) continue;
    spreads.push(movement(course.map((power) => 10 * Math.log10(power + mean / 1e6))));
  }
  return median(spreads);
}

/** Standard deviation of what moves at 2 to 8 Hz, by a plain transform of those frequencies. */
function movement(course) {
  const seconds = course.length * STEP_SEC;
  let power = 0;
  for (let k = Math.ceil(WARBLE_HZ[0] * seconds); k <= WARBLE_HZ[1] * seconds; k++) {
    let [re, im] = [0, 0];
    course.forEach((level, n) => {
      re += level * Math.cos((2 * Math.PI * k * n) / course.length);
      im += level * Math.sin((2 * Math.PI * k * n) / course.length);
    });
    power += (2 * (re * re + im * im)) / course.length ** 2;
  }
  return Math.sqrt(power);
}
