import { realFft } from '../dsp/fft.ts';
import { exp, log2, pow } from '../dsp/maths.ts';

export interface TempoEstimate {
  readonly bpm: number;
  /** Half or double of it, where that is as likely; null where it is not. */
  readonly alternativeBpm: number | null;
  /** 0 to 1, from the salience of the beat in the onset envelope; at most {@link UNSETTLED} where there is an alternative. */
  readonly confidence: number;
  /** 0 to 1, that there is a steady beat, this one or the alternative: bars of either fill each other. */
  readonly steadiness: number;
}

/** The most confidence in one of two tempos that are as likely: less than what is said asks for (`confidence.ts`). */
export const UNSETTLED = 0.2;

/**
 * Beats a minute that are looked for: from below the slowest ballads to above drum and bass and its kind. Beyond, half or double is
 * what listeners tap. {@link WINDOW} holds the slowest beat often enough.
 */
export const SLOWEST_BPM = 45;
const FASTEST_BPM = 220;
/** Where listeners like to tap, and how widely, in octaves (Ellis 2007; McKinney & Moelants 2006). */
const PREFERRED_BPM = 120;
const PREFERENCE_OCTAVES = 1;
/**
 * How widely, in octaves, where it is asked whether half or double would do: 60 for 120 takes more than that every second
 * beat is a snare. This, the exponent and the limit are set on ten made drum patterns at 60 to 180 BPM and on 14 loops of known
 * length.
 */
const OCTAVE_PREFERENCE_OCTAVES = 0.6;
/** Of how much more every second beat comes back than each: accents on every second one speak for half the tempo. */
const ALTERNATION_EXPONENT = 1.5;
/** From this likelihood on, of that of the tempo heard, the other counts as likely as it. */
const AS_LIKELY = 0.42;
/** Cells in which an attack comes to its level, 46 ms. */
const ATTACK_CELLS = 4;
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
 * multiples of the beat (comb), with a mild preference for 120 BPM. An autocorrelation tells octaves apart badly, so half and double
 * are then weighed by the louder attacks.
 * @param strength onset strength a cell
 * @param power mean square a cell
 * @param onsetCount onsets picked from it
 * @returns null where no lag stands out, there are fewer than four onsets, or less than about two seconds
 */
export function estimateTempo(
  strength: Float32Array,
  power: Float32Array,
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
    const score = comb(correlation, lag) * preference((60 * cellsPerSecond) / lag, PREFERENCE_OCTAVES);
    if (score > bestScore) {
      bestScore = score;
      best = lag;
    }
  }
  if (best === 0) return null;
  const salience = comb(correlation, best);
  const steadiness = Math.min(1, (salience - NO_SALIENCE) / (FULL_SALIENCE - NO_SALIENCE));
  if (steadiness <= 0) return null;
  const beat = refined(correlation, best);
  const alternative = asLikely(beat, accented(envelope, power), cellsPerSecond);
  return {
    bpm: (60 * cellsPerSecond) / beat,
    alternativeBpm: alternative && (60 * cellsPerSecond) / alternative,
    confidence: alternative === null ? steadiness : Math.min(steadiness, UNSETTLED),
    steadiness,
  };
}

/** How much listeners prefer a tempo, 1 at the most preferred. */
function preference(bpm: number, widthOctaves: number): number {
  const octaves = log2(bpm / PREFERRED_BPM) / widthOctaves;
  return exp(-0.5 * octaves * octaves);
}

/** Twice or half the lag of a beat, where the accents speak for it as much; null where they do not. */
function asLikely(beat: number, accents: Float32Array, cellsPerSecond: number): number | null {
  const correlation = autocorrelation(accents);
  if (!correlation) return null;
  const bpmOf = (lag: number) => (60 * cellsPerSecond) / lag;
  const onBeats = comb(correlation, beat);
  if (onBeats <= 0) return null;
  // A sound that holds its beat less than three times says nothing for or against another.
  const isShort = 2 * beat + 2 >= correlation.length;
  const everySecond = Math.max(0, comb(correlation, 2 * beat)) / onBeats;
  // Half of the comb at half the lag lies on the beats; only the other half tells whether there is something between them.
  const between = Math.max(0, 2 * comb(correlation, beat / 2) - onBeats) / onBeats;
  const likely = [
    { lag: 2 * beat, evidence: isShort ? 1 : pow(everySecond, ALTERNATION_EXPONENT) },
    { lag: beat / 2, evidence: isShort ? 1 : between },
  ]
    .filter(({ lag }) => bpmOf(lag) >= SLOWEST_BPM && bpmOf(lag) <= FASTEST_BPM)
    .map(({ lag, evidence }) => ({
      lag,
      likelihood:
        (evidence * preference(bpmOf(lag), OCTAVE_PREFERENCE_OCTAVES)) /
        preference(bpmOf(beat), OCTAVE_PREFERENCE_OCTAVES),
    }))
    .filter(({ likelihood }) => likelihood >= AS_LIKELY)
    .sort((a, b) => b.likelihood - a.likelihood);
  return likely.at(0)?.lag ?? null;
}

/** An onset envelope in which attacks count by their amplitude: hats lie on half beats, kicks and snares on beats. */
function accented(envelope: Float32Array, power: Float32Array): Float32Array {
  return envelope.map((rise, i) => {
    let loudest = 0;
    for (let at = i; at <= i + ATTACK_CELLS && at < power.length; at++)
      loudest = Math.max(loudest, power[at]);
    return rise * Math.sqrt(loudest);
  });
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
