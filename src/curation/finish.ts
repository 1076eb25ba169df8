import type { Analysis } from '../analysis/analysis.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import type { KeyEstimate } from '../analysis/key.ts';
import { estimateRoot, type RootEstimate } from '../analysis/root.ts';
import type { TempoEstimate } from '../analysis/tempo.ts';
import type { Families, Settings } from '../config/settings.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Grading } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { type PlacedLoop, placeWrap } from '../loops/place-wrap.ts';
import { type Figures, measureTexture } from './figures.ts';
import { type Grade, type GradeReason, gradeTexture } from './grade.ts';
import { levelTexture } from './level.ts';
import { patternOf, textureName } from './name.ts';
import { keyName, noteName } from './note-names.ts';

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
export interface FinishedTexture extends Omit<Texture, 'targetPeakDb' | 'naming' | 'root'> {
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
  /** The root of what it was made from, transposed with it, or its own; null where that is not clear. */
  readonly root: RootEstimate | null;
  /** Key and tempo of the texture: those of the source, transposed and stretched with it; null where not clear. */
  readonly key: KeyEstimate | null;
  readonly tempo: TempoEstimate | null;
}

/**
 * The last step of every family, the same for all: level, measure, grade, tag and name.
 * @throws ProcessingError where the texture holds samples that are no numbers
 */
export function finishTexture(texture: Texture, context: FinishContext): FinishedTexture {
  const { settings, analysis, name, families = FAMILIES } = context;
  const { pitch, grading } = familyOf(texture.family, families);
  const closed = closing(texture);
  const levelled = levelTexture({ ...texture, sound: closed?.sound ?? texture.sound }, settings.global);
  const { sound } = levelled;
  const figures = measureTexture(texture, levelled, closed?.seam ?? null, analysis, families);
  const brightness = brightnessOf(figures, settings.brightness_tags);
  const root = pitch === 'noise' ? null : textureRoot(texture, sound);
  const key = pitch === 'tones' ? sourceKey(texture, analysis) : null;
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
  const { grade, reasons } = gradeTexture(figures, thresholdsFor(grading, settings.curation.thresholds));
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
function closing({ sound, loop }: Texture): Pick<PlacedLoop, 'sound' | 'seam'> | null {
  if (!loop || frameCount(sound) === 0) return null;
  if (loop.kind === 'ring') return placeWrap(sound, null);
  return { sound, seam: loop.seam };
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

function textureRoot({ root, transposition = 0 }: Texture, sound: Sound): RootEstimate | null {
  if (root === null) return null;
  if (root) {
    const pitch = root.note + root.cents / 100 + transposition;
    const note = Math.round(pitch);
    return { note, cents: 100 * (pitch - note), confidence: root.confidence };
  }
  const own = estimateRoot(sound);
  return isClear(own, CLEAR_ENOUGH_TO_SAY.root) ? own : null;
}

/** The source's key, moved by whole semitones with the texture; a texture between semitones has none. */
function sourceKey({ transposition = 0 }: Texture, analysis: Analysis | null): KeyEstimate | null {
  const key = analysis?.key ?? null;
  if (!isClear(key, CLEAR_ENOUGH_TO_SAY.key) || Math.abs(transposition - Math.round(transposition)) > 0.25)
    return null;
  return { ...key, tonic: (((key.tonic + Math.round(transposition)) % 12) + 12) % 12 };
}

/** The source's tempo, slowed down with the texture. */
function sourceTempo({ stretch = 1 }: Texture, analysis: Analysis | null): TempoEstimate | null {
  const tempo = analysis?.tempo ?? null;
  return isClear(tempo, CLEAR_ENOUGH_TO_SAY.tempo) ? { ...tempo, bpm: tempo.bpm / stretch } : null;
}
