/** Which textures of an export are the best and most varied of their families, and why not the others. Only reads. */

import type { Families } from '../config/settings.ts';
import { judgeQuality, type Quality, type QualityFigures } from '../curation/quality.ts';
import { type Nearest, selectVaried } from '../curation/select.ts';
import type { Decision, Decisions } from '../engine/decisions.ts';
import { MOST_STARS } from '../engine/most-stars.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import { type Course, courseSeverity } from '../loops/course.ts';
import type { Platform } from '../platform/platform.ts';
import { type EmbeddingOptions, type Embeddings, embedTextures } from './embeddings.ts';
import type { Palette, PaletteTexture } from './palette.ts';

/** From best to worst. */
const GRADES: readonly string[] = ['A', 'B', 'F'];
export type LeastGrade = 'A' | 'B' | 'F';

export interface ChoiceRequest {
  /** How many of each family. */
  readonly count: number;
  /** Null is all. Of others, an earlier selection in the same place keeps what it has. */
  readonly families: readonly FamilyId[] | null;
  /** What is graded worse is skipped. */
  readonly leastGrade: LeastGrade;
}

interface Judged {
  readonly texture: PaletteTexture;
  /** With stars, where somebody gave any. */
  readonly quality: Quality;
  /** One event or a swell comes back with every round of it. */
  readonly recurs: boolean;
  readonly decision: Decision;
}

export interface ChosenOne extends Judged {
  /** From 1. */
  readonly rank: number;
  /** Of its file, in hex. */
  readonly sha256: string;
  /** Of those chosen before it, the one it is most like; null for the first. */
  readonly nearest: Nearest | null;
}

export interface NotChosenOne extends Judged {
  readonly why: 'near-copy' | 'outdone' | 'grade' | 'rejected' | 'unreadable';
  /** What it is a copy of; or the chosen one it is most like; null where it was not compared. */
  readonly nearest: Nearest | null;
}

export interface FamilyChoice {
  readonly family: FamilyId;
  /** By rank. */
  readonly chosen: readonly ChosenOne[];
  /** Best first. */
  readonly notChosen: readonly NotChosenOne[];
}

export interface Choosing {
  /** In the order of the palette's families, those that have textures. */
  readonly families: readonly FamilyChoice[];
  readonly failed: Embeddings['failed'];
}

const UNDECIDED: Decision = {};

/** @throws the signal's reason once it is aborted; FileSystemError where the disk fails */
export async function chooseTextures(
  platform: Platform,
  palette: Palette,
  decisions: Decisions,
  request: ChoiceRequest,
  options: EmbeddingOptions = {},
): Promise<Choosing> {
  const textures = palette.textures.filter(({ family }) => request.families?.includes(family) ?? true);
  const judged = judge(textures, decisions, palette.families);
  const ruledOut = new Map(judged.map((one) => [one.texture.path, ruledOutBy(one, request.leastGrade)]));
  const eligible = textures.filter(({ path }) => ruledOut.get(path) === null);
  const { failed, ...embeddings } = await embedTextures(platform, palette, eligible, options);
  const families = palette.families
    .map(({ id: family }) => {
      const ofFamily = judged.filter(({ texture }) => texture.family === family);
      return chooseFamily(family, ofFamily, embeddings, ruledOut, request.count);
    })
    .filter(({ chosen, notChosen }) => chosen.length + notChosen.length > 0);
  return { families, failed };
}

function chooseFamily(
  family: FamilyId,
  judged: readonly Judged[],
  { byPath: embeddings, digests }: Pick<Embeddings, 'byPath' | 'digests'>,
  ruledOut: ReadonlyMap<string, NotChosenOne['why'] | null>,
  count: number,
): FamilyChoice {
  const candidates = judged.flatMap((one) => {
    const embedding = embeddings.get(one.texture.path);
    if (!embedding) return [];
    const { path, row } = one.texture;
    const keep = one.decision.decision === 'keep';
    const { quality, recurs } = one;
    return {
      one,
      path,
      quality: quality.quality,
      embedding,
      keep,
      recurs,
      kind: row.kind,
      origin: row.making,
    };
  });
  const selection = selectVaried(candidates, count);
  const chosen = selection.chosen.map(({ candidate, nearest }, i) => ({
    ...candidate.one,
    rank: i + 1,
    sha256: digests.get(candidate.path)!,
    nearest,
  }));
  const notChosen = selection.notSelected.map(({ candidate, why, nearest }) => ({
    ...candidate.one,
    why,
    nearest,
  }));
  const notCompared = judged
    .filter(({ texture }) => !embeddings.has(texture.path))
    .map(
      (one): NotChosenOne => ({
        ...one,
        why: ruledOut.get(one.texture.path) ?? 'unreadable',
        nearest: null,
      }),
    );
  return { family, chosen, notChosen: [...notChosen, ...notCompared] };
}

/** Why a texture is out before any is compared; null where it is not. */
function ruledOutBy({ texture, decision }: Judged, leastGrade: LeastGrade): 'grade' | 'rejected' | null {
  if (decision.decision === 'reject') return 'rejected';
  if (decision.decision === 'keep') return null;
  const rank = GRADES.indexOf(texture.grade);
  return rank >= 0 && rank <= GRADES.indexOf(leastGrade) ? null : 'grade';
}

/** How good each is, by its row alone and before anybody gave stars; in their order. */
export function qualitiesOf(textures: readonly PaletteTexture[], families: Families = FAMILIES): Quality[] {
  return judgeQuality(
    textures.map((texture) => figuresOf(texture, families)),
    families,
  );
}

function judge(textures: readonly PaletteTexture[], decisions: Decisions, families: Families): Judged[] {
  const qualities = qualitiesOf(textures, families);
  return textures.map((texture, i) => {
    const decision = decisions.get(texture.path) ?? UNDECIDED;
    const course = courseOf(texture, families);
    const recurs = course !== null && courseSeverity(course) >= 1;
    return { texture, decision, recurs, quality: withStars(qualities[i], decision.stars ?? 0) };
  });
}

/** Five stars make anything the best there is, fewer take it that share of the way. */
function withStars({ quality, parts }: Quality, stars: number): Quality {
  return { quality: quality + ((1 - quality) * stars) / MOST_STARS, parts };
}

function figuresOf(texture: PaletteTexture, families: Families): QualityFigures {
  const { family, grade, isLoop, lufs, root, row } = texture;
  return {
    family,
    grade,
    loops: isLoop,
    lufs,
    rootConfidence: root?.confidence ?? null,
    stability: figure(row.stability),
    crestFactor: figure(row.crest_factor),
    kindConfidence: figure(row.kind_confidence),
    sourceDistance: figure(row.source_distance),
    seam:
      row.seam_step === ''
        ? null
        : { step: Number(row.seam_step), levelDb: Number(row.seam_level_db), flux: Number(row.seam_flux) },
    course: courseOf(texture, families),
  };
}

/** How it goes round; null where that is unknown, and where the family may move. */
function courseOf({ family, row }: PaletteTexture, families: Families): Course | null {
  if (row.swell_db === '' || familyOf(family, families).grading?.mayMove) return null;
  const landmark = { times: Number(row.landmark_times), db: Number(row.landmark_db) };
  return { landmark, swellDb: Number(row.swell_db) };
}

function figure(cell: string): number | null {
  return cell === '' ? null : Number(cell);
}
