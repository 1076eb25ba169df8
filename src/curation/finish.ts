import type { Analysis } from '../analysis/analysis.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import type { KeyEstimate } from '../analysis/key.ts';
import { inOctaveOf, type RootEstimate } from '../analysis/root.ts';
import type { TempoEstimate } from '../analysis/tempo.ts';
import { type Tonality, tonalityOf } from '../analysis/tonality.ts';
import type { Families, Settings } from '../config/settings.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { FamilyDefinition, Grading } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { EnergyTrack } from '../loops/energy.ts';
import { type PlacedLoop, placeWrap } from '../loops/place-wrap.ts';
import { type Figures, measureTexture } from './figures.ts';
import { type Grade, type GradeReason, gradeTexture } from './grade.ts';
import { levelTexture } from './level.ts';
import { patternOf, textureName } from './name.ts';
import { keyName, noteName } from './note-names.ts';

type Pitch = FamilyDefinition['pitch'];
type Brightness = 'dark' | 'mid' | 'bright';

/** What finishing needs to know beside the texture. */
export interface FinishContext {
  /** Name of the source as it stands in file names. */
  readonly name: string;
  /** What the analysis found in the source; null where there is none (synthetic noise). */
  readonly analysis: Analysis | null;
  readonly settings: Settings;
  /** Default: those of this program. */
  readonly families?: Families;
}

/** A texture ready to be written: levelled, measured, graded and named. */
export interface FinishedTexture
  extends Omit<Texture, 'targetPeakDb' | 'naming' | 'root' | 'momentRoot' | 'madeLike'> {
  /** At its level, without DC. */
  readonly sound: Sound;
  /** File name without `.wav`: safe everywhere, not necessarily unique. */
  readonly baseName: string;
  readonly figures: Figures;
  readonly grade: Grade;
  /** Why it is not an A; empty for an A. */
  readonly gradeReasons: readonly GradeReason[];
  /** Null where tags are off, and for silence. */
  readonly brightness: Brightness | null;
  /** Root and key that are measured in it; null where they are not clear. */
  readonly root: RootEstimate | null;
  readonly key: KeyEstimate | null;
  /** The source's tempo, stretched with the texture; null where not clear. */
  readonly tempo: TempoEstimate | null;
}

/**
 * The last step of every family, the same for all: level, measure, grade, tag and name.
 * @param lender of its sound, which may be the texture's own where that is as it should be
 * @throws ProcessingError where the texture holds samples that are no numbers
 */
export function finishTexture(
  texture: Texture,
  context: FinishContext,
  lender: Lender = FRESH,
): FinishedTexture {
  const { settings, analysis, name, families = FAMILIES } = context;
  const { pitch, grading } = familyOf(texture.family, families);
  const closed = closing(texture, lender);
  const placed = closed?.sound ?? texture.sound;
  // Where it was rotated, nobody else has it.
  const levelled = levelTexture(
    { ...texture, sound: placed },
    settings.global,
    placed !== texture.sound,
    lender,
  );
  const { sound } = levelled;
  const figures = measureTexture(texture, levelled, closed, analysis, families);
  const brightness = brightnessOf(figures, settings.brightness_tags);
  const { root, key } = tonality(texture, pitch, sound);
  const tempo = sourceTempo(texture, analysis);
  const baseName = textureName(patternOf(texture.naming, settings), {
    source: name,
    index: texture.index,
    variant: texture.variant,
    brightness: brightness ?? '',
    key: key ? keyName(key).replace(' ', '') : '',
    root: root ? noteName(root.note) : '',
    bpm: tempo ? String(Math.round(tempo.bpm)) : '',
    kind: texture.kind?.kind ?? '',
  });
  const { family, index, variant, loop, origin, part, stability, transposition, stretch, kind } = texture;
  const { grade, reasons } = gradeTexture(
    figures,
    thresholdsFor(grading, settings.curation.thresholds),
    grading?.mayMove,
  );
  return {
    family,
    index,
    variant,
    loop,
    origin,
    part,
    stability,
    transposition,
    stretch,
    kind,
    sound,
    baseName,
    figures,
    grade,
    gradeReasons: reasons,
    brightness,
    root,
    key,
    tempo,
  };
}

/** How a loop closes: a ring is turned to wrap where it is calm, a splice was when it was cut. */
function closing(
  { sound, loop }: Texture,
  lender: Lender,
): Pick<PlacedLoop, 'sound' | 'seam' | 'course'> | null {
  if (!loop || frameCount(sound) === 0) return null;
  if (loop.kind === 'ring') return placeWrap(sound, null, 0, new EnergyTrack(sound), lender);
  return { sound, seam: loop.seam, course: loop.course };
}

/** What is too much, as the family says. */
function thresholdsFor(
  { allowsCrest = false, clippingFactor = 1 }: Grading = {},
  thresholds: Settings['curation']['thresholds'],
) {
  return {
    ...thresholds,
    max_crest_factor: allowsCrest ? Number.POSITIVE_INFINITY : thresholds.max_crest_factor,
    clipping_tolerance: clippingFactor * thresholds.clipping_tolerance,
  };
}

function brightnessOf({ centroidHz }: Figures, settings: Settings['brightness_tags']): Brightness | null {
  if (!settings.enabled || centroidHz === 0) return null;
  if (centroidHz < settings.centroid_low_hz) return 'dark';
  return centroidHz > settings.centroid_high_hz ? 'bright' : 'mid';
}

/** Of tones what is measured in the finished sound, of a hit what its maker found; noise has neither. */
function tonality(texture: Texture, pitch: Pitch, sound: Sound): Tonality {
  if (pitch === 'tones') return asItsMoment(tonalityOf(sound, texture.loop !== null), texture);
  return { root: pitch === 'hits' ? (texture.root ?? null) : null, key: null };
}

/** Its root in the octave that its moment's has, moved with it; nothing where it is another note, as of overtones alone. */
function asItsMoment({ root, key }: Tonality, { momentRoot, transposition = 0 }: Texture): Tonality {
  if (!root || !momentRoot) return { root, key };
  const placed = inOctaveOf(root, { ...momentRoot, note: momentRoot.note + transposition });
  return placed ? { root: placed, key } : { root: null, key: null };
}

/** The source's tempo, slowed down with the texture. */
function sourceTempo({ stretch = 1 }: Texture, analysis: Analysis | null): TempoEstimate | null {
  const tempo = analysis?.tempo ?? null;
  return isClear(tempo, CLEAR_ENOUGH_TO_SAY.tempo) ? { ...tempo, bpm: tempo.bpm / stretch } : null;
}
