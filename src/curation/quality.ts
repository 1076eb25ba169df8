/**
 * How good a texture is as material, 0 to 1, by its manifest figures alone: a weighted mean. Grade, seam, course, level and root
 * are held against fixed thresholds; stability and evenness against the other textures of its family in the same
 * export (percentiles), since what counts as still depends on the archive. What is unknown of one texture counts as its
 * family's mean, so that it is neither its luck nor its fault; what is unknown of the whole family does not count. A root
 * that is not clear is no root, and worth nothing.
 */

import type { Families } from '../config/settings.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import { COURSE_LIMITS, type Course } from '../loops/course.ts';
import { landmarkSeverity } from '../loops/landmark.ts';
import { SEAM_LIMITS, type Seam } from '../loops/seam.ts';

/** What quality is made of; null is unknown. */
export interface QualityFigures {
  readonly family: FamilyId;
  readonly grade: string;
  /** Null for what plays once, and for rings of which the manifest says nothing. */
  readonly seam: Pick<Seam, 'step' | 'levelDb' | 'flux'> | null;
  /** How it goes round; null for what plays once, for what may move, and where the manifest says nothing. */
  readonly course: Course | null;
  /** Stability of the source there, 0 to 1. */
  readonly stability: number | null;
  /** Peak over RMS, a ratio. */
  readonly crestFactor: number | null;
  readonly lufs: number | null;
  readonly rootConfidence: number | null;
  /** How surely a drum hit is of its kind, 0 to 1: what is cut out of a full beat is a mixture, and rarely a sure one. */
  readonly kindConfidence: number | null;
  /** How far it is from what it was made of: 1 is as far as that is from itself. Counts where its family is to stay like that. */
  readonly sourceDistance: number | null;
  /** It goes round, so that bursts in it would come again and again. */
  readonly loops: boolean;
}

/**
 * What each part weighs beside the others; no unit. Set by hand: what was judged as a whole weighs most, what is one figure
 * least. How much that decides was measured on the test archive (777 files, 75 chosen): without a part, of the 75 stay 61
 * (grade), 69 (kind), 59 (seam), 61 (stability), 63 (evenness), 73 (level), 59 (root); with twice its weight 69, 75, 71, 62,
 * 70, 73, 68.
 */
const WEIGHTS = {
  grade: 0.3,
  kind: 0.3,
  seam: 0.2,
  course: 0.2,
  stillness: 0.2,
  evenness: 0.1,
  level: 0.1,
  likeness: 0.1,
  root: 0.1,
} as const;

type QualityPart = keyof typeof WEIGHTS;

const QUALITY_PARTS = Object.keys(WEIGHTS) as QualityPart[];

export interface Quality {
  /** 0 to 1. */
  readonly quality: number;
  /** Each 0 to 1, those that are known, in the order in which they weigh. */
  readonly parts: Readonly<Partial<Record<QualityPart, number>>>;
}

/** A B has something worth knowing and no fault. At 0.25 or 0.75 the same 75 are chosen. */
const GRADE_WORTH: Readonly<Record<string, number>> = { A: 1, B: 0.5 };
/** A change of timbre at the seam as large as the loop's own 95th percentile is not heard. */
const INAUDIBLE_FLUX = 1;
/** Of the limits of landmark and swell this much is as good as none. */
const UNNOTICED_SHARE = 0.5;
/**
 * Levels that are as good as any, and of no use, LUFS: under the latter, 24 dB of gain bring noise up with the sound. With
 * -18 or -30, -60 or -40 the same 75 are chosen.
 */
const FULL_LUFS = -24;
const FAINT_LUFS = -48;
/** As like its source as that is itself; and twice as far as is wanted. */
const NEAR_SOURCE = 1;
const FAR_SOURCE = 3;
type Parts = Readonly<Record<QualityPart, number | null>>;

/** The quality of each of an export's textures, in their order. */
export function judgeQuality(textures: readonly QualityFigures[], families: Families = FAMILIES): Quality[] {
  const stillness = percentiles(textures, ({ stability }) => stability);
  const evenness = percentiles(textures, ({ crestFactor, loops }) =>
    loops && crestFactor !== null ? -crestFactor : null,
  );
  const parts = textures.map(
    (texture, i): Parts => ({
      grade: GRADE_WORTH[texture.grade] ?? 0,
      kind: texture.kindConfidence,
      seam: texture.seam && seamWorth(texture.seam),
      course: texture.course && courseWorth(texture.course),
      stillness: stillness[i],
      evenness: evenness[i],
      level: texture.lufs === null ? null : share(texture.lufs, FAINT_LUFS, FULL_LUFS),
      likeness: likenessWorth(texture, families),
      // A sampler can play it in tune.
      root: familyOf(texture.family, families).pitch === 'tones' ? (texture.rootConfidence ?? 0) : null,
    }),
  );
  const usual = familyMeans(textures, parts);
  return textures.map(({ family }, i) => weighed(parts[i], usual.get(family)!));
}

/** @param usual stands in for what is unknown */
function weighed(parts: Parts, usual: Parts): Quality {
  const known: Partial<Record<QualityPart, number>> = {};
  let [sum, weights] = [0, 0];
  for (const part of QUALITY_PARTS) {
    const value = parts[part] ?? usual[part];
    if (value === null) continue;
    sum += WEIGHTS[part] * value;
    weights += WEIGHTS[part];
    if (parts[part] !== null) known[part] = value;
  }
  return { quality: sum / weights, parts: known };
}

/** Mean of each part over those of a family of which it is known; null where it is of none. */
function familyMeans(textures: readonly QualityFigures[], parts: readonly Parts[]): Map<FamilyId, Parts> {
  const means = new Map<FamilyId, Parts>();
  for (const family of new Set(textures.map((texture) => texture.family))) {
    const ofFamily = parts.filter((_, i) => textures[i].family === family);
    const meanOf = (part: QualityPart) => {
      const known = ofFamily.map((each) => each[part]).filter((value) => value !== null);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    };
    means.set(family, Object.fromEntries(QUALITY_PARTS.map((part) => [part, meanOf(part)])) as Parts);
  }
  return means;
}

/** 1 for a seam that nobody can hear, 0 for one at a limit; its worst figure counts. */
function seamWorth({ step, levelDb, flux }: Pick<Seam, 'step' | 'levelDb' | 'flux'>): number {
  return Math.min(
    share(step, SEAM_LIMITS.step, 1),
    share(Math.abs(levelDb), SEAM_LIMITS.levelDb, 0),
    share(flux, SEAM_LIMITS.flux, INAUDIBLE_FLUX),
  );
}

/** 1 for a loop that goes round unnoticed: half of what is heard in a landmark and a swell, 0 at a limit; the worse counts. */
function courseWorth({ landmark, swellDb }: Course): number {
  return Math.min(
    share(landmarkSeverity(landmark, COURSE_LIMITS.landmark), 1, UNNOTICED_SHARE),
    share(swellDb, COURSE_LIMITS.swellDb, UNNOTICED_SHARE * COURSE_LIMITS.swellDb),
  );
}

/** 1 for what is as like its source as that is itself; null where it need not be, or that is unknown. */
function likenessWorth({ family, sourceDistance }: QualityFigures, families: Families): number | null {
  if (sourceDistance === null || !familyOf(family, families).staysLikeSource) return null;
  return share(sourceDistance, FAR_SOURCE, NEAR_SOURCE);
}

/** 0 at `worst`, 1 at `best` and beyond, linear between. */
function share(value: number, worst: number, best: number): number {
  return Math.max(0, Math.min(1, (value - worst) / (best - worst)));
}

/** Share of those of the same family that a figure exceeds, equals counting half; null where it is unknown. */
function percentiles(
  textures: readonly QualityFigures[],
  figureOf: (texture: QualityFigures) => number | null,
): (number | null)[] {
  const sorted = new Map<FamilyId, number[]>();
  for (const texture of textures) {
    const figure = figureOf(texture);
    if (figure === null) continue;
    const known = sorted.get(texture.family);
    if (known) known.push(figure);
    else sorted.set(texture.family, [figure]);
  }
  for (const figures of sorted.values()) figures.sort((a, b) => a - b);
  return textures.map((texture) => {
    const figure = figureOf(texture);
    const figures = sorted.get(texture.family);
    if (figure === null || !figures) return null;
    return (countUnder(figures, figure, false) + countUnder(figures, figure, true)) / (2 * figures.length);
  });
}

/** How many of sorted figures lie under one, or (`inclusive`) do not exceed it: a binary search. */
function countUnder(sorted: readonly number[], figure: number, inclusive: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < figure || (inclusive && sorted[middle] === figure)) low = middle + 1;
    else high = middle;
  }
  return low;
}
