import { realFft } from '../dsp/fft.ts';

export interface TempoEstimate {
  readonly bpm: number;
  /** 0 to 1, from the salience of the beat in the onset envelope. */
  readonly confidence: number;
}

export const SLOWEST_BPM = 45;
const FASTEST_BPM = 220;
/** Where listeners like to tap, and how widely, in octaves (Ellis 2007; McKinney & Moelants 2006). */
const PREFERRED_BPM = 120;
const PREFERENCE_OCTAVES = 1;
/** Envelope cells a window: 24 s, long enough for eight slow beats, short enough for a drifting band. */
const WINDOW = 2048;
/** Beats whose multiples are summed: a beat also comes back after two, three and four. */
const MULTIPLES = 4;
/** A lag counts while at least this many cells of a window overlap with themselves at it. */
const LEAST_OVERLAP = 43;
/** Autocorrelation at the beat that noise reaches too. */
const NO_SALIENCE = 0.08;
/** Autocorrelation at the beat of a drum machine. */
const FULL_SALIENCE = 0.6;
/** A rise out of silence is not worth more than a firm hit, dB: else one break would outweigh every beat. */
const STRONGEST = 15;
/** Elsewhere the strength peaks this many cells early; at the start it cannot, and would bend the first beat. */
const EARLY_CELLS = 2;
/** Fewer attacks than this make no beat. */
const LEAST_ONSETS = 4;
/** Cells on either side whose mean is taken from the envelope: 0.4 s. */
const MEAN_REACH = 34;

/**
 * Tempo by autocorrelation of the onset envelope, averaged over half-overlapping windows, summed over
 * multiples of the beat (comb), with a mild preference for 120 BPM.
 * @param strength onset strength a cell
 * @param onsetCount onsets picked from it
 * @returns null where no lag stands out, there are fewer than four onsets, or less than about two seconds
 */
export function estimateTempo(
  strength: Float32Array,
  onsetCount: number,
  cellsPerSecond: number,
): TempoEstimate | null {
  if (onsetCount < LEAST_ONSETS) return null;
  const envelope = detrended(strength);
  const correlation = autocorrelation(envelope);
  if (!correlation) return null;
  const shortest = (60 * cellsPerSecond) / FASTEST_BPM;
  const longest = (60 * cellsPerSecond) / SLOWEST_BPM;
  let best = 0;
  let bestScore = 0;
  for (let lag = shortest; lag <= longest; lag *= 1.002) {
    const octaves = Math.log2((60 * cellsPerSecond) / lag / PREFERRED_BPM) / PREFERENCE_OCTAVES;
    const score = comb(correlation, lag) * Math.exp(-0.5 * octaves * octaves);
    if (score > bestScore) {
      bestScore = score;
      best = lag;
    }
  }
  if (best === 0) return null;
  const salience = comb(correlation, best);
  const confidence = (salience - NO_SALIENCE) / (FULL_SALIENCE - NO_SALIENCE);
  if (confidence <= 0) return null;
  return { bpm: (60 * cellsPerSecond) / refined(correlation, best), confidence: Math.min(1, confidence) };
}

/** The envelope above its own moving mean, never negative. */
function detrended(raw: Float32Array): Float32Array {
  const strength = raw.map((rise, i) => (i < EARLY_CELLS ? 0 : Math.min(rise, STRONGEST)));
  const result = new Float32Array(strength.length);
  let sum = 0;
  for (let i = 0; i < Math.min(MEAN_REACH, strength.length); i++) sum += strength[i];
  for (let i = 0; i < strength.length; i++) {
    if (i + MEAN_REACH < strength.length) sum += strength[i + MEAN_REACH];
    if (i > MEAN_REACH) sum -= strength[i - MEAN_REACH - 1];
    const span = Math.min(i + MEAN_REACH, strength.length - 1) - Math.max(0, i - MEAN_REACH) + 1;
    result[i] = Math.max(0, strength[i] - sum / span);
  }
  return result;
}

/**
 * Autocorrelation about the mean, 1 at lag 0, unbiased (divided by the overlap), summed over windows.
 * Lags with too little overlap are not given.
 */
function autocorrelation(envelope: Float32Array): Float64Array | null {
  const length = Math.min(WINDOW, envelope.length);
  const lags = length - LEAST_OVERLAP;
  if (lags <= LEAST_OVERLAP) return null;
  const fft = realFft(2 * WINDOW);
  const frame = new Float32Array(fft.size);
  const spectrum = new Float32Array(fft.size + 2);
  const sums = new Float64Array(lags);
  const windows = 1 + Math.ceil((envelope.length - length) / (WINDOW / 2));
  for (let w = 0; w < windows; w++) {
    const start = windows > 1 ? Math.floor((w * (envelope.length - length)) / (windows - 1)) : 0;
    fillCentred(frame, envelope, start, length);
    fft.forward(frame, spectrum);
    for (let k = 0; k < spectrum.length; k += 2) {
      spectrum[k] = spectrum[k] * spectrum[k] + spectrum[k + 1] * spectrum[k + 1];
      spectrum[k + 1] = 0;
    }
    fft.inverse(spectrum, frame);
    for (let lag = 0; lag < lags; lag++) sums[lag] += frame[lag] / (length - lag);
  }
  const zero = sums[0];
  if (!(zero > 0)) return null;
  return sums.map((sum) => sum / zero);
}

function fillCentred(frame: Float32Array, envelope: Float32Array, start: number, length: number): void {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += envelope[start + i];
  const mean = sum / length;
  frame.fill(0);
  for (let i = 0; i < length; i++) frame[i] = envelope[start + i] - mean;
}

/** Mean of the autocorrelation's peaks near the multiples of a lag; each may lie a cell off. */
function comb(correlation: Float64Array, lag: number): number {
  let sum = 0;
  let count = 0;
  for (let multiple = 1; multiple <= MULTIPLES; multiple++) {
    const at = lag * multiple;
    if (at + 2 >= correlation.length) break;
    const lower = Math.floor(at);
    const share = at - lower;
    sum += correlation[lower] * (1 - share) + correlation[lower + 1] * share;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** The lag to a fraction of a cell, from the parabola through its highest reachable multiple's peak. */
function refined(correlation: Float64Array, lag: number): number {
  let best = lag;
  for (let multiple = 1; multiple <= 2 * MULTIPLES; multiple++) {
    const from = Math.round(best * multiple);
    if (from + 2 >= correlation.length) break;
    let peak = from;
    for (let at = from - 1; at <= from + 1; at++) if (correlation[at] > correlation[peak]) peak = at;
    const [below, here, above] = [correlation[peak - 1], correlation[peak], correlation[peak + 1]];
    const bend = below - 2 * here + above;
    if (here < below || here < above || bend >= 0 || here <= 0) continue;
    best = (peak + (0.5 * (below - above)) / bend) / multiple;
  }
  return best;
}
