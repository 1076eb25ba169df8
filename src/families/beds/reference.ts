/** What a source is like as a whole, and how much it changes: what a bed of it is held against. */
import type { Analysis, Track } from '../../analysis/analysis.ts';
import { type Colours, coloursOf } from './colours.ts';
import { addMoments, type Moments, meanOver } from './moments.ts';
import { stillMoments } from './still.ts';

export interface Reference {
  /** Those of what sounds where nothing is struck: what a bed shall have. */
  readonly colours: Colours;
  /** Mean shape of its spectrum, dB about the shape's own mean, and its mean pitch classes; of all that sounds. */
  readonly shape: Float64Array;
  readonly pitches: Float64Array;
  /** Mean distance between stretches of it as long as an eighth of the bed, dB a band. */
  readonly change: number;
  /** A strike up to this is nothing that stands out, dB. */
  readonly usualStrike: number;
}

/** Stretches of the source that are compared: as many as a bed has parts at least, and 276 pairs at most. */
const LEAST_COMPARED = 8;
const MOST_COMPARED = 24;
/** What is struck stands out where it is this many times as strong as in half of the moments, and this strong, dB. */
const STRIKE_RATIO = 2;
const LEAST_STRIKE_DB = 0.8;

/** @param eighth moments of an eighth of the bed */
export function referenceOf(
  { timbre }: Pick<Analysis, 'timbre'>,
  moments: Moments,
  eighth: number,
): Reference {
  const { count, sounds, strikes, bandSums, bandCount, pitchSums, pitchCount } = moments;
  const still = stillMoments(moments);
  const all = Math.max(
    1,
    still.reduce((sum, one) => sum + one, 0),
  );
  const shape = new Float64Array(bandCount);
  const pitches = new Float64Array(pitchCount);
  for (let moment = 0; moment < count; moment++) {
    if (!still[moment]) continue;
    addMoments(bandSums, moment, 1, shape, 1 / all);
    addMoments(pitchSums, moment, 1, pitches, 1 / all);
  }
  const audible = strikes.filter((_, moment) => sounds[moment]).sort();
  const usual = audible[audible.length >> 1] ?? 0;
  return {
    colours: chosenColours(timbre, moments, still),
    shape,
    pitches,
    change: meanDistance(stretchShapes(moments, Math.min(eighth, count))),
    usualStrike: Math.max(LEAST_STRIKE_DB, STRIKE_RATIO * usual),
  };
}

/** Colours of chosen moments; of silence, where there is none. */
function chosenColours(timbre: Track, { hop }: Moments, chosen: Uint8Array): Colours {
  const { columns, values } = timbre;
  const rows: Float32Array[] = [];
  for (let row = 0; row < timbre.rows; row++) {
    if (chosen[Math.floor((row * timbre.hop) / hop)])
      rows.push(values.subarray(row * columns, (row + 1) * columns));
  }
  return coloursOf(rows, columns);
}

/** Shapes of stretches spread over what sounds. */
function stretchShapes({ count, sounds, bandSums, bandCount }: Moments, length: number): Float64Array[] {
  const starts: number[] = [];
  // Where few have room beside one another they overlap.
  const step = Math.max(1, Math.min(length >> 1, Math.floor((count - length) / (LEAST_COMPARED - 1))));
  for (let start = 0; start + length <= count; start += step) {
    let sounding = 0;
    for (let i = start; i < start + length; i++) sounding += sounds[i];
    if (2 * sounding >= length) starts.push(start);
  }
  const every = Math.max(1, starts.length / MOST_COMPARED);
  const shapes: Float64Array[] = [];
  for (let i = 0; i < starts.length; i += every) {
    shapes.push(meanOver(bandSums, starts[Math.floor(i)], length, new Float64Array(bandCount)));
  }
  return shapes;
}

/** Mean distance between any two of some shapes, dB a band; 0 of one. */
export function meanDistance(shapes: readonly Float64Array[]): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < shapes.length; i++) {
    for (let k = 0; k < i; k++, pairs++) sum += meanDistanceOf(shapes[i], shapes[k]);
  }
  return pairs > 0 ? sum / pairs : 0;
}

/** As `meanDifference`, of one kind of array alone: a path asks for it some hundred thousand times, and so it is twice as quick. */
function meanDistanceOf(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += Math.abs(one[i] - other[i]);
  return sum / one.length;
}

/** Cosine of the angle between two mean rows of pitch classes, 0 to 1; 1 where one is silent. */
export function pitchLikeness(one: Float64Array, other: Float64Array): number {
  let both = 0;
  let a = 0;
  let b = 0;
  for (let i = 0; i < one.length; i++) {
    both += one[i] * other[i];
    a += one[i] * one[i];
    b += other[i] * other[i];
  }
  return a > 0 && b > 0 ? both / Math.sqrt(a * b) : 1;
}

/** Pearson's correlation; 1 where one has no contrast at all. */
export function correlation(one: Float64Array, other: Float64Array): number {
  const [mean, otherMean] = [meanOf(one), meanOf(other)];
  let both = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < one.length; i++) {
    const a = one[i] - mean;
    const b = other[i] - otherMean;
    both += a * b;
    aa += a * a;
    bb += b * b;
  }
  return aa > 0 && bb > 0 ? both / Math.sqrt(aa * bb) : 1;
}

function meanOf(row: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i];
  return sum / row.length;
}
